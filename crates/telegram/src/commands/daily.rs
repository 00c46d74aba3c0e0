//! `/daily`: a question every day, for those who may decide.

use std::sync::Arc;

use viva_core::schedule::Weekdays;
use viva_core::score::Zone;
use viva_core::store::StoreError;
use viva_core::texts::Texts;
use viva_core::viva::DailyWish;

use super::reply;
use crate::bot::{Bot, Event, now};
use crate::html::escape;
use crate::messages::{self, Said};

/// The words by which a daily question ends.
const OFF: [&str; 4] = ["off", "stop", "关闭", "停止"];

pub(super) async fn daily(bot: &Arc<Bot>, event: &Event, rest: &str) -> Result<(), StoreError> {
    let here = bot.meet(event).await?;
    let texts = Texts::of(here.language);
    let mut words = rest.split_whitespace().peekable();
    words.next_if_eq(&"set");
    let Some(time) = words.next() else {
        let (schedule, last) = bot.viva.daily(&here).await?;
        let state = messages::daily_state(schedule.as_ref(), last.as_ref(), here.language);
        let said = Said {
            html: format!("{}\n\n{}", state.html, escape(&texts.say("telegram-daily-usage"))),
            ..state
        };
        return reply(bot, event, &said).await;
    };
    if !bot.may_manage(event).await {
        return reply(bot, event, &Said::own("only-administrators", here.language)).await;
    }
    if OFF.contains(&time.to_lowercase().as_str()) {
        let key =
            if bot.viva.stop_daily(&here).await? { "telegram-daily-stopped" } else { "telegram-daily-none" };
        return reply(bot, event, &Said::own(key, here.language)).await;
    }
    // A word that is neither a zone nor days begins the topic; one with a slash can only be meant as a zone.
    let zone = words.next_if(|word| word.contains('/') || word.parse::<Zone>().is_ok());
    let weekdays = words.next_if(|word| word.parse::<Weekdays>().is_ok());
    let topic = words.collect::<Vec<_>>().join(" ");
    let wish = DailyWish { time, zone, weekdays, topic: (!topic.is_empty()).then_some(topic.as_str()) };
    let html = match bot.viva.set_daily(&here, wish, now()).await? {
        Ok((daily, due_at)) => {
            let when = messages::clock(due_at, daily.zone.rules());
            let mut said =
                texts.tell("daily-set", [("what", texts.daily(&daily).into()), ("when", when.into())]);
            if event.spot.channel {
                said += &format!("\n{}", texts.say("telegram-daily-channel"));
            }
            escape(&said)
        }
        Err(notice) => {
            format!("{}\n\n{}", escape(&texts.notice(&notice)), escape(&texts.say("telegram-daily-usage")))
        }
    };
    reply(bot, event, &Said::word(html)).await
}
