//! The stand-in Discord itself: that it says yes and no as Discord does, to bare requests and to serenity.

mod discord_stand_in {
    mod bodies;
    mod gateway;
    mod program;
    mod requests;
    mod serenity;
}
