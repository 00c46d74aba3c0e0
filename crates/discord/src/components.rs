//! Components V2, which serenity has no builders for: the parts of a message that Viva uses, as Discord
//! wants them. <https://docs.discord.com/developers/components/reference>

use std::sync::Arc;

use serde::{Serialize, Serializer};
use viva_album::Plate;

use crate::uploads::Upload;

/// The number by which Discord knows a kind of component.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kind<const N: u8>;

impl<const N: u8> Serialize for Kind<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(N)
    }
}

/// A message made of components.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// That it is made of components, and whether only one person sees it.
    flags: u32,
    /// What it shows.
    pub components: Vec<Component>,
    allowed_mentions: NoMentions,
    /// What is uploaded with it; whatever else hung at the message before goes.
    attachments: Vec<Attachment>,
    /// By which Discord knows a message again that is sent twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    enforce_nonce: bool,
    /// What is uploaded with it besides pictures.
    #[serde(skip)]
    document: Option<Upload>,
}

/// A file that is uploaded with a message.
/// <https://docs.discord.com/developers/reference#uploading-files>
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Attachment {
    /// Its place among the files.
    id: usize,
    filename: String,
}

/// Nobody is notified by what people or notes wrote.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct NoMentions {
    parse: [(); 0],
}

const IS_COMPONENTS_V2: u32 = 1 << 15;
const EPHEMERAL: u32 = 1 << 6;

impl Message {
    /// A message that everybody sees.
    #[must_use]
    pub fn public(components: Vec<Component>) -> Self {
        let mut attachments: Vec<Attachment> = Vec::new();
        for item in uploads(&components) {
            let attachment = Attachment {
                id: attachments.len(),
                filename: item.plate.as_ref().map(|plate| plate.name()).unwrap_or_default(),
            };
            if attachments.iter().all(|other| other.filename != attachment.filename) {
                attachments.push(attachment);
            }
        }
        Self {
            flags: IS_COMPONENTS_V2,
            components,
            allowed_mentions: NoMentions::default(),
            attachments,
            nonce: None,
            enforce_nonce: false,
            document: None,
        }
    }

    /// The same with a file below it.
    #[must_use]
    pub fn with_file(mut self, name: &str, content: Vec<u8>) -> Self {
        self.components.push(Component::file(name));
        let id = self.attachments.len();
        self.attachments.push(Attachment { id, filename: name.to_owned() });
        self.document = Some(Upload { name: name.to_owned(), content });
        self
    }

    /// The files that are uploaded with it, in the order of its attachments.
    #[must_use]
    pub fn files(&self) -> Vec<Upload> {
        let pictures = self.plates().into_iter();
        let pictures = pictures.map(|plate| Upload { name: plate.name(), content: plate.bytes.clone() });
        pictures.chain(self.document.clone()).collect()
    }

    /// The pictures that are uploaded with it, each once, in the order of its attachments.
    fn plates(&self) -> Vec<Arc<Plate>> {
        let mut plates: Vec<Arc<Plate>> = Vec::new();
        for plate in uploads(&self.components).iter().filter_map(|item| item.plate.as_ref()) {
            if plates.iter().all(|other| other.name() != plate.name()) {
                plates.push(Arc::clone(plate));
            }
        }
        plates
    }

    /// A message that only the person sees who asked for it.
    #[must_use]
    pub fn private(components: Vec<Component>) -> Self {
        Self { flags: IS_COMPONENTS_V2 | EPHEMERAL, ..Self::public(components) }
    }

    /// One line of text that only the person sees who asked for it.
    #[must_use]
    pub fn word(text: String) -> Self {
        Self::private(vec![Component::text(text)])
    }

    /// The same with a text in the place of each picture; `None` if it has none.
    #[must_use]
    pub fn without_pictures(&self) -> Option<Self> {
        if !self.components.iter().any(Component::has_picture) {
            return None;
        }
        let components = self.components.iter().map(Component::in_words).collect();
        let Self { flags, nonce, enforce_nonce, .. } = self.clone();
        Some(Self { flags, nonce, enforce_nonce, ..Self::public(components) })
    }

    /// Whether only one person sees it.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.flags & EPHEMERAL != 0
    }

    /// Makes Discord post it once, however often it is sent within a few minutes.
    /// <https://docs.discord.com/developers/resources/message#create-message>
    #[must_use]
    pub fn once(mut self, nonce: String) -> Self {
        (self.nonce, self.enforce_nonce) = (Some(nonce), true);
        self
    }
}

/// The pictures of galleries that are uploaded.
fn uploads(components: &[Component]) -> Vec<&GalleryItem> {
    let mut found = Vec::new();
    for component in components {
        match component {
            Component::Gallery { items, .. } => found.extend(items.iter().filter(|item| item.is_uploaded())),
            Component::Container { components, .. } => found.extend(uploads(components)),
            _ => {}
        }
    }
    found
}

/// What a message or a container shows, from top to bottom.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Component {
    /// A frame around others.
    Container {
        /// Its number.
        r#type: Kind<17>,
        /// The colour of its edge.
        #[serde(skip_serializing_if = "Option::is_none")]
        accent_color: Option<u32>,
        /// What it frames.
        components: Vec<Component>,
    },
    /// A text in Discord's Markdown.
    Text {
        /// Its number.
        r#type: Kind<10>,
        /// The text.
        content: String,
    },
    /// A line between others.
    Separator {
        /// Its number.
        r#type: Kind<14>,
    },
    /// Pictures.
    Gallery {
        /// Its number.
        r#type: Kind<12>,
        /// The pictures.
        items: Vec<GalleryItem>,
    },
    /// An uploaded file.
    /// <https://docs.discord.com/developers/components/reference#file>
    File {
        /// Its number.
        r#type: Kind<13>,
        /// The file.
        file: Media,
    },
    /// Buttons side by side, or one menu.
    Row {
        /// Its number.
        r#type: Kind<1>,
        /// The buttons or the menu.
        components: Vec<Control>,
    },
}

/// A picture of a gallery.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GalleryItem {
    media: Media,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// What is uploaded for it.
    #[serde(skip)]
    plate: Option<Arc<Plate>>,
}

/// Where a picture or a file is found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Media {
    url: String,
}

impl GalleryItem {
    /// The picture at an address, and what stands for it.
    #[must_use]
    pub fn new(url: String, description: Option<String>) -> Self {
        Self { media: Media { url }, description, plate: None }
    }

    /// A picture that is uploaded with the message, and what stands for it.
    #[must_use]
    pub fn uploaded(plate: &Arc<Plate>, description: Option<String>) -> Self {
        let url = format!("attachment://{}", plate.name());
        Self { media: Media { url }, description, plate: Some(Arc::clone(plate)) }
    }

    /// Whether it is uploaded with its message.
    #[must_use]
    pub fn is_uploaded(&self) -> bool {
        self.plate.is_some()
    }

    /// What stands for it, short; a link if it is on the web.
    pub(crate) fn in_words(&self) -> String {
        let said = crate::limits::fit(self.description.as_deref().unwrap_or("…"), 200).replace('\n', " ");
        let said = crate::markdown::escape(&said);
        match &self.plate {
            Some(_) => format!("🖼 {said}"),
            None => format!("🖼 {}", crate::markdown::link(&said, &self.media.url)),
        }
    }
}

/// What can be pressed or chosen from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Control {
    /// A button.
    Button {
        /// Its number.
        r#type: Kind<2>,
        /// Its colour.
        style: Style,
        /// What it says.
        label: String,
        /// What pressing it means.
        custom_id: String,
        /// Whether it can't be pressed.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        disabled: bool,
    },
    /// A menu.
    Select {
        /// Its number.
        r#type: Kind<3>,
        /// What choosing from it means.
        custom_id: String,
        /// What it says before anything is chosen.
        placeholder: String,
        /// The fewest that may be chosen.
        min_values: usize,
        /// The most that may be chosen.
        max_values: usize,
        /// What there is to choose from.
        options: Vec<SelectOption>,
    },
}

/// One entry of a menu.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SelectOption {
    /// What it says.
    pub label: String,
    /// What choosing it means.
    pub value: String,
    /// What it says in small print.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The colour of a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Blue: what most people came for.
    Primary,
    /// Grey.
    Secondary,
    /// Red: what can't be undone.
    Danger,
}

impl Serialize for Style {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(match self {
            Self::Primary => 1,
            Self::Secondary => 2,
            Self::Danger => 4,
        })
    }
}

impl Component {
    /// A frame around `components`.
    #[must_use]
    pub fn container(accent_color: Option<u32>, components: Vec<Self>) -> Self {
        Self::Container { r#type: Kind, accent_color, components }
    }

    /// A text in Discord's Markdown; it must say something.
    #[must_use]
    pub fn text(content: impl Into<String>) -> Self {
        Self::Text { r#type: Kind, content: content.into() }
    }

    /// A line between others.
    #[must_use]
    pub fn separator() -> Self {
        Self::Separator { r#type: Kind }
    }

    /// Buttons side by side, or one menu.
    #[must_use]
    pub fn row(components: Vec<Control>) -> Self {
        Self::Row { r#type: Kind, components }
    }

    /// Pictures.
    #[must_use]
    pub fn gallery(items: Vec<GalleryItem>) -> Self {
        Self::Gallery { r#type: Kind, items }
    }

    /// A file that is uploaded with the message.
    #[must_use]
    pub fn file(name: &str) -> Self {
        Self::File { r#type: Kind, file: Media { url: format!("attachment://{name}") } }
    }

    fn has_picture(&self) -> bool {
        match self {
            Self::Gallery { .. } => true,
            Self::Container { components, .. } => components.iter().any(Self::has_picture),
            _ => false,
        }
    }

    /// The same with a text in the place of each picture.
    fn in_words(&self) -> Self {
        match self {
            Self::Gallery { items, .. } => {
                let words = items.iter().map(GalleryItem::in_words);
                Self::text(words.collect::<Vec<_>>().join("\n"))
            }
            Self::Container { accent_color, components, .. } => {
                Self::container(*accent_color, components.iter().map(Self::in_words).collect())
            }
            other => other.clone(),
        }
    }

    /// How many components it is, with those that it holds.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + match self {
            Self::Container { components, .. } => components.iter().map(Self::count).sum(),
            Self::Row { components, .. } => components.len(),
            Self::Text { .. } | Self::Separator { .. } | Self::Gallery { .. } | Self::File { .. } => 0,
        }
    }
}

impl Control {
    /// A button that means `press`.
    #[must_use]
    pub fn button(style: Style, label: String, press: &viva_core::press::Press) -> Self {
        let label = crate::limits::fit(&label, crate::limits::BUTTON_LABEL);
        Self::Button { r#type: Kind, style, label, custom_id: press.to_string(), disabled: false }
    }

    /// The same button, not to be pressed.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        if let Self::Button { disabled, .. } = &mut self {
            *disabled = true;
        }
        self
    }

    /// A menu of which one option may be chosen.
    #[must_use]
    pub fn select(press: &viva_core::press::Press, placeholder: String, options: Vec<SelectOption>) -> Self {
        let custom_id = press.to_string();
        Self::Select { r#type: Kind, custom_id, placeholder, min_values: 1, max_values: 1, options }
    }
}
