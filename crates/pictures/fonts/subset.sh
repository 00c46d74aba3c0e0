#!/bin/sh
# Makes the text faces beside this script from two Debian packages. Needs dpkg-deb and fontTools
# (`pip install fonttools`):
#
#     apt-get download fonts-noto-cjk fonts-noto-core && sh subset.sh fonts-noto-cjk_*.deb fonts-noto-core_*.deb
#
# Kerning and vertical forms are left out: pictures are measured by advances and set from left to right.
set -eu
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
dpkg-deb -x "$1" "$work"
dpkg-deb -x "$2" "$work"

# Every character of GB2312, but for the letters, quotes, arrows and operators that Chinese faces have as
# wide as their own characters: the narrow ones of the other faces read better in every language.
python3 - > "$work/gb2312.txt" <<'PYTHON'
for row in range(0xA1, 0xF8):
    for cell in range(0xA1, 0xFF):
        try:
            c = bytes([row, cell]).decode("gb2312")
        except UnicodeDecodeError:
            continue
        if c != "·" and not "\u0300" <= c <= "\u05ff" and not "\u2000" <= c <= "\u23ff":
            print(c, end="")
PYTHON

subset() {
    pyftsubset "$work/usr/share/fonts/$1" --output-file="$here/$2" --no-hinting --name-IDs='*' \
        --drop-tables+=vhea,vmtx,VORG,BASE,DSIG "$3" "$4" "$5" "$6"
}

subset opentype/noto/NotoSansCJK-Regular.ttc NotoSansCJKsc-GB2312.otf --font-number=2 --layout-features= \
    --text-file="$work/gb2312.txt" \
    --unicodes=20-7E,A0-B6,B8-FF,20AC,2460-2473,2500-257F,3000-303F,3040-30FF,FF01-FF5E,FFE0-FFE6
subset truetype/noto/NotoSans-Regular.ttf NotoSans-Letters.ttf --no-glyph-names --layout-features=ccmp,locl,mark,mkmk \
    --unicodes=20-7E,A0-36F,370-3FF,400-52F,1D00-1DBF,1E00-1FFF,2000-206F,2070-209F,20A0-20BF,2100-214F,2150-218F,2C60-2C7F,A717-A7FF \
    --no-recommended-glyphs
subset truetype/noto/NotoSansMath-Regular.ttf NotoSansMath-Symbols.ttf --no-glyph-names --layout-features= \
    --unicodes=20,300-338,20D0-20F0,2016,2032-2037,2057,2061-2064,207A-207E,208A-208E,2100-214F,2190-23FF,25A0-25FF,27C0-27FF,2900-2AFF,2B00-2B1C,1D400-1D7FF \
    --no-recommended-glyphs
subset truetype/noto/NotoSansSymbols2-Regular.ttf NotoSansSymbols2-Marks.ttf --no-glyph-names --layout-features= \
    --unicodes=20,2600-2660,2666,2680-2685,2700-27BF,2B1B-2B1E,2B50-2B55 \
    --no-recommended-glyphs
