//! Whole objects as Discord sends them: users, members, roles, servers, channels, the program itself.
//!
//! A library drops an event that lacks a field it wants, so every field is here that the documentation shows without
//! a question mark, and the optional ones that Discord sends in fact.

use serde_json::{Value, json};

use super::world::{
    ChannelRecord, GuildRecord, Id, Membership, Shared, User, World, channel_kind, permissions,
};

/// <https://docs.discord.com/developers/resources/user#user-object>
pub(super) fn user(user: &User) -> Value {
    json!({
        "id": user.id.to_string(), "username": user.username, "discriminator": "0", "global_name": user.display,
        "avatar": null, "avatar_decoration_data": null, "banner": null, "accent_color": null, "bot": user.bot,
        "system": false, "public_flags": 0, "flags": 0, "clan": null, "primary_guild": null, "collectibles": null,
        "display_name_styles": null,
    })
}

/// The program's own user, as it sees itself.
pub(super) fn own_user(me: &User) -> Value {
    let mut json = user(me);
    json["verified"] = json!(true);
    json["mfa_enabled"] = json!(false);
    json["email"] = Value::Null;
    json["locale"] = json!(me.locale);
    json["global_name"] = Value::Null;
    json
}

/// A member without the user. <https://docs.discord.com/developers/resources/guild#guild-member-object>
pub(super) fn partial_member(member: &Membership) -> Value {
    json!({
        "nick": member.nick, "avatar": null, "banner": null, "roles": [], "joined_at": member.joined,
        "premium_since": null, "deaf": false, "mute": false, "flags": 0, "pending": false,
        "communication_disabled_until": null, "unusual_dm_activity_until": null, "avatar_decoration_data": null,
        "collectibles": null,
    })
}

/// A member, with permissions as interactions have them.
pub(super) fn member(world: &World, guild: &GuildRecord, id: Id) -> Value {
    let (Some(person), Some(membership)) = (world.users.get(&id), guild.members.get(&id)) else {
        return Value::Null;
    };
    let mut json = partial_member(membership);
    json["user"] = user(person);
    json["permissions"] = json!(world.member_permissions(guild.id, id).to_string());
    json
}

/// The role that everybody has. <https://docs.discord.com/developers/topics/permissions#role-object>
fn everyone(guild: &GuildRecord) -> Value {
    json!({
        "id": guild.id.to_string(), "name": "@everyone", "color": 0, "hoist": false, "icon": null,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "unicode_emoji": null, "position": 0, "permissions": permissions::ORDINARY.to_string(), "managed": false,
        "mentionable": false, "flags": 0, "description": null,
    })
}

/// The program's own role, which holds what it may do.
fn own_role(world: &World, guild: &GuildRecord) -> Value {
    let mut role = everyone(guild);
    role["id"] = json!(own_role_id(world, guild).to_string());
    role["name"] = json!("Viva");
    role["position"] = json!(1);
    role["managed"] = json!(true);
    role["permissions"] = json!(guild.bot_may.to_string());
    role["tags"] = json!({ "bot_id": world.application.to_string() });
    role
}

fn own_role_id(world: &World, guild: &GuildRecord) -> Id {
    guild.id ^ (world.application & 0xff) ^ 1
}

/// The roles of a server.
pub(super) fn roles(world: &World, guild: &GuildRecord) -> Value {
    if guild.installed { json!([everyone(guild), own_role(world, guild)]) } else { json!([everyone(guild)]) }
}

/// The program as a member.
pub(super) fn own_member(world: &World, guild: &GuildRecord) -> Value {
    let membership = Membership { nick: None, granted: 0, joined: guild.joined.clone() };
    let mut json = partial_member(&membership);
    json["user"] = world.users.get(&world.application).map_or(Value::Null, user);
    json["roles"] = json!([own_role_id(world, guild).to_string()]);
    json
}

/// A channel of any kind. <https://docs.discord.com/developers/resources/channel#channel-object>
pub(super) fn channel(world: &World, channel: &ChannelRecord) -> Value {
    let mut json = json!({
        "id": channel.id.to_string(), "type": channel.kind, "flags": 0, "last_pin_timestamp": null,
        "last_message_id": channel.last_message.map(|id| id.to_string()),
    });
    let Some(guild) = channel.guild else {
        let people = channel.people.iter().filter_map(|id| world.users.get(id)).map(user);
        json["recipients"] = people.collect();
        if channel.kind == channel_kind::GROUP {
            json["name"] = json!(channel.name);
            json["icon"] = Value::Null;
            json["owner_id"] = json!(channel.people.first().map(ToString::to_string));
        }
        return json;
    };
    json["guild_id"] = json!(guild.to_string());
    json["name"] = json!(channel.name);
    json["rate_limit_per_user"] = json!(0);
    json["parent_id"] = json!(channel.parent.map(|id| id.to_string()));
    if channel.kind == channel_kind::PUBLIC_THREAD {
        let owner = world.guilds.get(&guild).map(|guild| guild.owner.to_string());
        json["owner_id"] = json!(owner);
        json["message_count"] = json!(0);
        json["total_message_sent"] = json!(0);
        json["member_count"] = json!(2);
        json["thread_metadata"] = json!({
            "archived": false, "archive_timestamp": super::clock::stamp(0), "auto_archive_duration": 1440,
            "locked": false, "create_timestamp": super::clock::stamp(0),
        });
    } else {
        json["position"] = json!(0);
        json["topic"] = Value::Null;
        json["nsfw"] = json!(false);
        json["theme_color"] = Value::Null;
        json["icon_emoji"] = Value::Null;
        json["permission_overwrites"] = json!([]);
        if channel.denied != 0 {
            let own = world.application.to_string();
            json["permission_overwrites"] =
                json!([{ "id": own, "type": 1, "allow": "0", "deny": channel.denied.to_string() }]);
        }
    }
    json
}

/// <https://docs.discord.com/developers/resources/guild#guild-object>
pub(super) fn guild(world: &World, guild: &GuildRecord) -> Value {
    json!({
        "id": guild.id.to_string(), "name": guild.name, "icon": null, "icon_hash": null, "splash": null,
        "discovery_splash": null, "home_header": null, "owner_id": guild.owner.to_string(), "region": "deprecated",
        "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false, "widget_channel_id": null,
        "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 0,
        "roles": roles(world, guild), "emojis": [], "features": [], "mfa_level": 0, "application_id": null,
        "system_channel_id": guild.system_channel.map(|id| id.to_string()), "system_channel_flags": 0,
        "rules_channel_id": null, "max_presences": null, "max_members": 25_000_000, "vanity_url_code": null,
        "description": null, "banner": null, "premium_tier": 0, "premium_subscription_count": 0,
        "preferred_locale": guild.locale, "public_updates_channel_id": null, "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50, "nsfw_level": 0, "nsfw": false, "stickers": [],
        "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null, "incidents_data": null,
        "hub_type": null, "latest_onboarding_question_id": null, "inventory_settings": null,
    })
}

/// The event that tells of a server. Without privileged intents it lists no member but the program itself.
/// <https://docs.discord.com/developers/events/gateway-events#guild-create>
pub(super) fn guild_create(world: &World, record: &GuildRecord) -> Value {
    let mut json = guild(world, record);
    let here = world.channels.values().filter(|channel| channel.guild == Some(record.id) && !channel.deleted);
    let (threads, channels): (Vec<_>, Vec<_>) =
        here.partition(|channel| channel.kind == channel_kind::PUBLIC_THREAD);
    // Channels inside this event go without the server's id.
    let inside = |record: &ChannelRecord| {
        let mut json = channel(world, record);
        json.as_object_mut().map(|json| json.remove("guild_id"));
        json
    };
    json["channels"] = channels.into_iter().map(inside).collect();
    json["threads"] = threads.into_iter().map(|thread| channel(world, thread)).collect();
    json["members"] = json!([own_member(world, record)]);
    json["member_count"] = json!(record.members.len() + 1);
    json["joined_at"] = json!(record.joined);
    for list in
        ["voice_states", "presences", "stage_instances", "guild_scheduled_events", "embedded_activities"]
    {
        json[list] = json!([]);
    }
    json["soundboard_sounds"] = json!([]);
    json["activity_instances"] = json!([]);
    json["large"] = json!(false);
    json["unavailable"] = json!(false);
    json["lazy"] = json!(true);
    json["application_command_counts"] = json!({});
    json
}

/// <https://docs.discord.com/developers/resources/application#application-object>
pub(super) fn application(shared: &Shared, world: &World) -> Value {
    let owner = world.guilds.values().next().and_then(|guild| world.users.get(&guild.owner));
    let me = world.users.get(&world.application);
    json!({
        "id": world.application.to_string(), "name": me.map(|me| &me.username), "icon": null, "description": "",
        "type": null, "is_monetized": false, "is_verified": false, "is_discoverable": false, "summary": "",
        "bot": me.map(user), "bot_public": true, "bot_require_code_grant": false, "owner": owner.or(me).map(user),
        "verify_key": "0".repeat(64), "team": null, "flags": 0, "hook": true, "redirect_uris": [],
        "interactions_endpoint_url": null, "role_connections_verification_url": null,
        "event_webhooks_url": null, "event_webhooks_status": 1, "approximate_guild_count": world.guilds.len(),
        "approximate_user_install_count": 1, "approximate_user_authorization_count": 0,
        "storefront_available": false, "integration_public": true, "integration_require_code_grant": false,
        "explicit_content_filter": 0, "custom_install_url": format!("http://{}/install", shared.address),
        "integration_types_config": { "0": {}, "1": {} },
    })
}
