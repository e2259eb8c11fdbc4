use leptos::prelude::*;
use protocol::{live::ServerMessage, post::PostView};

use crate::{
    like::{LikeButton, LikeState},
    live::live,
    media::PictureGrid,
    rich::RichText,
    ui::{Avatar, Icon, Time},
};

/// A post with its counts, which follow what others do.
#[component]
pub fn PostCard(
    post: PostView,
    /// On its own page.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let id = post.id;
    let state = LikeState::new(&post);
    follow_counts(state);
    let author = post.author;
    let (profile, address, title_id) =
        (format!("/u/{}", author.username), format!("/p/{id}"), format!("p-{id}-by"));
    view! {
        <article class="post" id=format!("p-{id}") aria-labelledby=title_id tabindex="-1" data-alone=alone>
            <a class="post-face" href=profile.clone() tabindex="-1" aria-hidden="true"><Avatar person=author.clone() /></a>
            <header class="post-head">
                <a class="post-by" href=profile>
                    <span class="post-author" id=title_id.clone()><bdi>{author.full_name()}</bdi></span>
                    " "
                    <span class="post-handle">"@" {author.username}</span>
                </a>
                <a class="post-when" href=address.clone()><Time micros=post.published_at.micros() /></a>
            </header>
            <div class="post-body" dir="auto"><RichText text=post.body mentions=post.mentions /></div>
            <PictureGrid pictures=post.pictures />
            <div class="post-actions">
                <LikeButton state />
                <span class="act-group">
                    <a class="act" href=format!("{address}#comments")>
                        <Icon name="comment" />
                        <span class="act-count">{move || count_of(state.counts.get().comments, "comment")}</span>
                    </a>
                </span>
            </div>
        </article>
    }
}

/// "1 like", "2 likes".
pub fn count_of(count: u32, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn follow_counts(state: LikeState) {
    let live = live();
    // Only a browser watches: the server renders and forgets.
    Effect::new(move || live.watch(state.post));
    live.listen(move |message| match message {
        ServerMessage::Counted { post, counts } if *post == state.post => state.hear(*counts),
        _ => {}
    });
}
