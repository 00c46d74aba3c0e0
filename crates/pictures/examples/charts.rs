//! Draws one of each chart and some tables with made-up figures, to be looked at: `charts FOLDER`.

use std::error::Error;
use std::path::Path;

use jiff::civil::date;
use viva_pictures::Picture;
use viva_pictures::chart::{
    Calendar, Forecast, ForecastDay, Leaderboard, Place, Topic, Topics, calendar, forecast, leaderboard,
    topics,
};
use viva_pictures::table::{self, Alignment, Table};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("charts FOLDER")?;
    let write = |name: &str, picture: Picture| std::fs::write(Path::new(&folder).join(name), picture.png);
    write("leaderboard.png", leaderboard(&board())?)?;
    write("calendar.png", calendar(&half_year())?)?;
    write("topics.png", topics(&accuracy())?)?;
    write("forecast.png", forecast(&memory())?)?;
    write("table.png", table::draw(&methods())?)?;
    write("table-wide.png", table::draw(&wide())?)?;
    Ok(())
}

fn board() -> Leaderboard {
    let place = |rank, name: &str, points, own| Place { rank, name: name.to_owned(), points, own };
    Leaderboard {
        title: "This week · 本周排行榜".to_owned(),
        places: vec![
            place(1, "Ada Lovelace", 420, false),
            place(2, "李小龙", 385, false),
            place(2, "Zoë Müller-Łukasz & <Sons>", 385, false),
            place(4, "Нина", 210, false),
            place(5, "🚀 Rocket 🚀", 75, false),
            place(6, "A name that goes on and on and on and on", 12, false),
            place(57, "you", 3, true),
            place(58, "Nobody", 0, false),
        ],
    }
}

fn half_year() -> Calendar {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    Calendar {
        title: "Answers in half a year".to_owned(),
        first: date(2026, 5, 25),
        counts: (0..183_u32).map(|n| (n * n * 7 % 23).saturating_sub(9) * u32::from(n % 11 != 0)).collect(),
        months: months.map(str::to_owned),
        weekdays: weekdays.map(str::to_owned),
        less: "less".to_owned(),
        more: "more".to_owned(),
    }
}

fn accuracy() -> Topics {
    let topic = |name: &str, right, answered| Topic { name: name.to_owned(), right, answered };
    Topics {
        title: "各主题正确率".to_owned(),
        topics: vec![
            topic("过拟合与正则化", 18, 20),
            topic("optimization", 7, 10),
            topic("类别不平衡", 1, 3),
            topic("saddle points", 0, 4),
            topic("never asked", 0, 0),
            topic("everything right", 128, 128),
        ],
    }
}

fn memory() -> Forecast {
    let day = |n: u32| ForecastDay {
        label: format!("11/{}", 10 + n),
        recall: 0.95_f64.powi(n as i32 + 1),
        due: [14, 3, 0, 7, 5, 2, 1, 9, 4, 0, 0, 3, 6, 2][n as usize],
    };
    Forecast {
        title: "Memory forecast".to_owned(),
        recall: "still remembered if nothing is repeated".to_owned(),
        due: "questions that come back".to_owned(),
        days: (0..14).map(day).collect(),
    }
}

fn methods() -> Table {
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    Table {
        header: row(["方法", "作用", "误差 (%)"]),
        rows: vec![
            row(["早停", "控制训练轮数，防止过拟合", "3.25"]),
            row(["Dropout", "randomly drops units with p ≤ ½", "12.1"]),
            row(["L₂ 正则", "‖w‖₂² → 0，权重衰减 ✓", "4"]),
            row(["σ′(x)", "ŷ = σ(wᵢⱼ·x + b) ∈ ℝ", "—"]),
        ],
        alignments: vec![Alignment::Left, Alignment::Center, Alignment::Right],
    }
}

fn wide() -> Table {
    let long = "A model that fits its training data too closely has learned the accidents of one sample, so the \
                error on new data stays high even though the loss keeps falling.";
    let chinese = "模型在训练集上表现很好、在新数据上却明显变差，说明它记住了样本中的偶然因素，而没有学到“真正”的规律；下面的方法\
                   都在以不同的方式限制模型的自由度。";
    let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    Table {
        header: row(["What", "English", "中文", "n"]),
        rows: vec![row(["overfitting", long, chinese, "1"]), row(["x", "short", "短\n两行", "1000"])],
        alignments: vec![Alignment::Left, Alignment::Left, Alignment::Left, Alignment::Right],
    }
}
