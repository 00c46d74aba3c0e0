//! What people do, until the program has answered: commands, keystrokes, presses, choices, forms.

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::timeout;

use super::super::PATIENCE;
use super::super::interaction::{self, AUTOCOMPLETE, COMMAND, COMPONENT, MODAL};
use super::super::rest::DEADLINE;
use super::super::world::{Id, World};
use super::response::Response;
use super::{Channel, Member, options};

/// The callback that promises an answer for later.
const LATER: u64 = 5;

impl Member {
    /// Runs a slash command, such as `quiz` or `daily set`, with options as a person types them: numbers as digits,
    /// people and channels as their ids.
    ///
    /// # Panics
    ///
    /// When Discord would not let the person run it so: [`Member::is_offered`].
    pub async fn command<const N: usize>(
        &self,
        place: &Channel,
        name: &str,
        given: [(&str, &str); N],
    ) -> Response {
        self.attended(place, true).await;
        let data = {
            let world = self.shared.world();
            let offered = options::offered(&world, self.id, place.id, name);
            assert!(offered, "Discord does not offer /{name} to this person here");
            options::data(&world, place.id, name, &given, None)
                .unwrap_or_else(|error| panic!("/{name}: {error}"))
        };
        self.act(COMMAND, place.id, None, data).await
    }

    /// Whether Discord offers a command to this person there.
    #[must_use]
    pub fn is_offered(&self, place: &Channel, name: &str) -> bool {
        options::offered(&self.shared.world(), self.id, place.id, name)
    }

    /// Types into an option of a command; the program's suggestions are in [`Response::choices`]. A program may leave
    /// a keystroke unanswered that another has overtaken.
    ///
    /// # Panics
    ///
    /// When the command has no such option.
    pub async fn complete<const N: usize>(
        &self,
        place: &Channel,
        name: &str,
        (option, typed): (&str, &str),
        others: [(&str, &str); N],
    ) -> Response {
        self.attended(place, true).await;
        let data = {
            let world = self.shared.world();
            let data = options::data(&world, place.id, name, &others, Some((option, typed)));
            data.unwrap_or_else(|error| panic!("/{name}: {error}"))
        };
        self.act(AUTOCOMPLETE, place.id, None, data).await
    }

    /// Presses a button that a message shows.
    ///
    /// # Panics
    ///
    /// When the message does not show it, shows it disabled, or is private to somebody else.
    pub async fn press(&self, on: &Response, custom_id: &str) -> Response {
        let shown = on.buttons().into_iter().find(|button| button.custom_id == custom_id);
        let shown = shown.unwrap_or_else(|| panic!("no button {custom_id:?} on {on:#?}"));
        assert!(!shown.disabled, "the button {custom_id:?} is disabled");
        self.component(on, json!({ "custom_id": custom_id, "component_type": 2 })).await
    }

    /// Chooses from a select menu that a message shows.
    ///
    /// # Panics
    ///
    /// When the message has no such menu, the menu no such options, or fewer or more may be chosen.
    pub async fn select<const N: usize>(
        &self,
        on: &Response,
        custom_id: &str,
        values: [&str; N],
    ) -> Response {
        let menus = on.menus();
        let menu = menus.iter().find(|menu| menu["custom_id"] == custom_id);
        let menu = menu.unwrap_or_else(|| panic!("no menu {custom_id:?} on {on:#?}"));
        let offered = |value: &str| {
            let options = menu["options"].as_array().into_iter().flatten();
            menu["type"] != 3 || options.into_iter().any(|option| option["value"] == value)
        };
        assert!(values.iter().all(|value| offered(value)), "{values:?} are not all in {menu:#}");
        let range = menu["min_values"].as_u64().unwrap_or(1)..=menu["max_values"].as_u64().unwrap_or(1);
        assert!(range.contains(&(N as u64)), "{range:?} values may be chosen");
        assert!(menu["disabled"] != true, "the menu {custom_id:?} is disabled");
        let mut data =
            json!({ "custom_id": custom_id, "component_type": menu["type"], "values": values.to_vec() });
        if menu["type"] != 3 {
            data["resolved"] = options::resolved(&self.shared.world(), on.channel, &values);
        }
        self.component(on, data).await
    }

    /// Sends a press that no Discord shows: a button of another message, or an invented one.
    pub async fn forge(&self, on: &Response, custom_id: &str) -> Response {
        self.component(on, json!({ "custom_id": custom_id, "component_type": 2 })).await
    }

    async fn component(&self, on: &Response, mut data: Value) -> Response {
        let place = Channel { shared: Arc::clone(&self.shared), id: on.channel };
        self.attended(&place, false).await;
        {
            let world = self.shared.world();
            let message = on.id().and_then(|id| world.message(id)).expect("a message that is still there");
            let reader = message.only_for.unwrap_or(self.id);
            assert_eq!(reader, self.id, "a private message is pressed by its reader alone");
            data["id"] = json!(1);
        }
        self.act(COMPONENT, on.channel, on.id(), data).await
    }

    /// Fills in a form that the program showed this person and sends it off. Fields that are not named stay as they
    /// came.
    ///
    /// # Panics
    ///
    /// When there is no form, no such field, or Discord would not send it so.
    pub async fn submit<const N: usize>(&self, form: &Response, fields: [(&str, &str); N]) -> Response {
        let modal = form.modal.as_ref().unwrap_or_else(|| panic!("no form but {form:#?}"));
        let (data, source) = {
            let mut world = self.shared.world();
            let shown =
                form.interaction.and_then(|shown| world.interactions.get_mut(&shown)).expect("it was shown");
            assert_eq!(shown.user, self.id, "a form is filled in by whom it was shown to");
            (options::submission(modal, &fields).unwrap_or_else(|error| panic!("{error}")), shown.source)
        };
        let place = Channel { shared: Arc::clone(&self.shared), id: form.channel };
        self.attended(&place, false).await;
        self.act(MODAL, form.channel, source, data).await
    }

    /// Waits until a program is there for this place.
    async fn attended(&self, place: &Channel, registered: bool) {
        let start = Instant::now();
        loop {
            {
                let world = self.shared.world();
                let guild = world.channels.get(&place.id).and_then(|channel| channel.guild);
                if world.attended(guild) && (world.registered || !registered) {
                    return;
                }
            }
            assert!(start.elapsed() < PATIENCE, "no program is connected, or it registers no commands");
            self.shared.news(&self.shared.changed).await;
        }
    }

    async fn act(&self, kind: u8, channel: Id, source: Option<Id>, data: Value) -> Response {
        let what =
            ["name", "custom_id"].into_iter().find_map(|field| data[field].as_str()).unwrap_or("").to_owned();
        let (id, guild, event, late) = {
            let mut world = self.shared.world();
            let (id, event) =
                interaction::create(&self.shared, &mut world, kind, (self.id, channel), source, data);
            let late = (!world.mishaps.late.is_empty()).then(|| world.mishaps.late.remove(0));
            let doubled = world.mishaps.doubled > 0;
            let record = world.interactions.get_mut(&id).expect("it was just made");
            record.spoilt =
                doubled || late.is_some_and(|late| late.as_millis() >= DEADLINE.unsigned_abs().into());
            (id, record.guild, event, late)
        };
        if let Some(late) = late {
            tokio::time::sleep(late).await;
        }
        self.shared.world().dispatch(guild, "INTERACTION_CREATE", &event);
        self.conclude(id, &what, late.unwrap_or_default()).await
    }

    /// Waits for the answer, for what was promised, or until it is too late for either.
    async fn conclude(&self, id: Id, what: &str, late: Duration) -> Response {
        let start = Instant::now();
        let changed = Arc::clone(&self.shared.world().interactions[&id].changed);
        loop {
            let mut news = pin!(changed.notified());
            news.as_mut().enable();
            {
                let mut world = self.shared.world();
                if self.is_over(&mut world, id, what, start.elapsed().saturating_sub(late)) {
                    return Response::of_interaction(&self.shared, &world, id);
                }
            }
            // Time may pass without news.
            let _ = timeout(Duration::from_millis(50), news).await;
        }
    }

    fn is_over(&self, world: &mut World, id: Id, what: &str, waited: Duration) -> bool {
        let record = &world.interactions[&id];
        let (kind, spoilt) = (record.kind, record.spoilt);
        match record.answered {
            None if self.shared.clock.now() - record.made <= DEADLINE => false,
            None if spoilt && waited < Duration::from_secs(1) => false,
            None => {
                if !spoilt && kind != AUTOCOMPLETE {
                    world.blame(format!("{what}: not answered within {DEADLINE} ms"));
                }
                true
            }
            Some((LATER, _)) => {
                let loading = record.original.and_then(|original| world.message(original));
                let over = loading.is_none_or(|message| !message.loading);
                if !over && waited > PATIENCE {
                    world.blame(format!("{what}: still thinking after {PATIENCE:?}"));
                }
                over || waited > PATIENCE
            }
            Some(_) => true,
        }
    }
}
