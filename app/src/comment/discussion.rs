use std::collections::HashMap;

use leptos::prelude::*;
use protocol::{
    AccountId, CommentId, PostId, Problem,
    account::PersonView,
    comment::{CommentBody, CommentMessage, CommentView, ThreadPage},
    live::{ServerMessage, Topic},
};
use uuid::Uuid;

use super::{api, query::CommentQuery, reply_target::ReplyTarget, threads::Threads};
use crate::{
    browser,
    draft::{DraftTarget, TextDraft},
    error, form,
    live::live,
    outbox::{Entry, Outbox, Payload, Sent},
    session,
    ui::{Toaster, toast},
};

mod loading;

/// The comments on a post with everything that one does there. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Discussion {
    pub(super) post: PostId,
    /// Whoever wrote the post may remove whatever stands below it.
    post_author: AccountId,
    me: StoredValue<Option<PersonView>>,
    pub(super) threads: RwSignal<Threads>,
    pub(super) outbox: Option<Outbox>,
    /// What is being answered.
    pub(super) answering: RwSignal<Option<ReplyTarget>>,
    /// Whether one is asked if a comment shall really go.
    pub(super) confirming: RwSignal<bool>,
    removing: StoredValue<Option<CommentId>>,
    /// The comment that one was led to.
    pub(super) marked: RwSignal<Option<CommentId>>,
    /// What the address asks for.
    pub(super) query: CommentQuery,
    drafts: StoredValue<HashMap<Option<CommentId>, TextDraft>>,
    pub(super) toast: Toaster,
}

impl Discussion {
    pub(super) fn new(post: PostId, post_author: AccountId, page: ThreadPage) -> Self {
        let query = CommentQuery::here();
        let threads = Threads::new(page);
        let answered = query.reply.and_then(|reply| threads.get(reply)).map(ReplyTarget::new);
        let discussion = Self {
            post,
            post_author,
            me: StoredValue::new(session::me().map(|me| me.person)),
            threads: RwSignal::new(threads),
            outbox: use_context(),
            answering: RwSignal::new(answered),
            confirming: RwSignal::new(false),
            removing: StoredValue::new(None),
            marked: RwSignal::new(query.comment),
            query,
            drafts: StoredValue::new(HashMap::new()),
            toast: toast(),
        };
        live().subscribe(Topic::Post(post), move |message| match message {
            ServerMessage::Comment(CommentMessage::Changed { comment }) => {
                discussion.on_comment(CommentView::clone(comment))
            }
            ServerMessage::Comment(CommentMessage::Removed { comment, .. }) => {
                discussion.on_removed(*comment)
            }
            _ => {}
        });
        live().on_open(move |welcome| {
            if welcome.resync {
                leptos::task::spawn_local(discussion.refresh());
            }
        });
        if let Some(outbox) = discussion.outbox {
            outbox.listen(move |sent| match sent {
                Sent::Comment(comment) if comment.post == post => discussion.upsert(comment.clone(), true),
                _ => {}
            });
        }
        discussion
    }

    pub(super) fn me(self) -> Option<PersonView> {
        self.me.try_get_value().flatten()
    }

    /// Whether the reader wrote this comment.
    pub(super) fn is_own(self, comment: &CommentView) -> bool {
        self.me().is_some_and(|me| comment.author.as_ref().is_some_and(|author| author.id == me.id))
    }

    /// Whether the reader may remove whatever stands below the post.
    pub(super) fn is_host(self) -> bool {
        self.me().is_some_and(|me| me.id == self.post_author)
    }

    /// The comment as it is now.
    pub(super) fn get(self, id: CommentId) -> Option<CommentView> {
        self.threads.with(|threads| threads.get(id).cloned())
    }

    /// The same, for events and tasks.
    pub(super) fn get_untracked(self, id: CommentId) -> Option<CommentView> {
        self.threads.try_with_untracked(|threads| threads.get(id).cloned()).flatten()
    }

    /// Whether a comment that was here is removed, while its post is still shown.
    pub(super) fn has_lost(self, id: CommentId) -> bool {
        let author = |threads: &Threads| threads.get(id).is_some_and(|comment| comment.author.is_some());
        self.threads.try_with_untracked(author) == Some(false)
    }

    /// What is being written as an answer to `to`, or as a comment.
    pub(super) fn draft(self, to: Option<CommentId>) -> TextDraft {
        let known = self.drafts.with_value(|drafts| drafts.get(&to).cloned());
        known.unwrap_or_else(|| {
            let start = form::start(&format!("/p/{}/comments", self.post));
            // What the server gave back, if that was for this form.
            let is_mine = start.value("answers") == to.map(|id| id.to_string()).unwrap_or_default();
            let body = if is_mine { start.value("body") } else { String::new() };
            let draft = TextDraft::new(
                to.map_or(DraftTarget::Comment(self.post), DraftTarget::Reply),
                body,
                String::new(),
                None,
            );
            draft.problem.set(start.sentence().filter(|_| is_mine));
            self.drafts.update_value(|drafts| _ = drafts.insert(to, draft.clone()));
            draft
        })
    }

    /// Opens the form below a comment, or closes it; what stands in it stays.
    pub(super) fn toggle_reply(self, comment: &CommentView) {
        let wanted = ReplyTarget::new(comment);
        self.answering.update(|open| *open = wanted.toggle(*open));
    }

    /// Sends what stands in a form. Whether it went.
    pub(super) fn send(self, answers: Option<ReplyTarget>) -> bool {
        let draft = self.draft(answers.map(|answers| answers.to));
        let Some(outbox) = self.outbox else {
            draft.problem.set(Some(error::sentence(&Problem::SignInNeeded)));
            return false;
        };
        let body = match CommentBody::parse(&draft.body.get_untracked()) {
            Ok(body) => String::from(body),
            Err(reason) => {
                draft.problem.set(Some(error::reason("body", reason)));
                return false;
            }
        };
        let (to, thread) = (answers.map(|answers| answers.to), answers.map(|answers| answers.thread));
        outbox.send(Payload::Comment { post: self.post, answers: to, thread, body });
        draft.clear();
        self.answering.update(|open| _ = open.take_if(|open| Some(*open) == answers));
        true
    }

    /// What is on its way here: below `thread`, or as comments.
    pub(super) fn pending(self, outbox: Outbox, thread: Option<CommentId>) -> Vec<Entry> {
        self.threads.with(|threads| outbox.with(|queue| threads.pending(self.post, thread, queue.mine())))
    }

    /// Takes a comment that is not stored back into its form.
    pub(super) fn edit_pending(self, client_id: Uuid) {
        let payload = self.outbox.and_then(|outbox| outbox.discard(client_id));
        let Some(Payload::Comment { answers, body, .. }) = payload else { return };
        let answered = answers.and_then(|answers| self.get_untracked(answers));
        self.draft(answered.as_ref().map(|comment| comment.id)).prepend(&body);
        if let Some(comment) = answered {
            self.answering.set(Some(ReplyTarget::new(&comment)));
        }
    }

    fn on_comment(self, comment: CommentView) {
        let own = self.is_own(&comment);
        self.upsert(comment, own);
    }

    /// Takes a comment as the server says it.
    pub(super) fn upsert(self, comment: CommentView, own: bool) {
        self.threads.try_update(|threads| threads.upsert(comment, own));
    }

    fn on_removed(self, comment: CommentId) {
        self.threads.try_update(|threads| threads.remove(comment));
        self.save_lost_answer();
    }

    /// Keeps an answer whose form went with what it answers.
    fn save_lost_answer(self) {
        let open = self.answering.try_get_untracked().flatten();
        if let Some(open) =
            open.filter(|open| self.threads.try_with_untracked(|threads| open.is_lost(threads)) == Some(true))
        {
            self.answering.try_set(None);
            let draft = self.draft(Some(open.to));
            self.save(&draft.body.get_untracked());
            draft.clear();
        }
    }

    /// Keeps a text whose place is gone: it goes into the form for comments.
    pub(super) fn save(self, text: &str) {
        if !text.trim().is_empty() {
            let why = "That comment was deleted. Your text is saved here.";
            let draft = self.draft(None);
            draft.prepend(text);
            draft.problem.set(Some(why.to_owned()));
        }
    }

    /// Asks whether a comment shall really go.
    pub(super) fn confirm_removal(self, id: CommentId) {
        self.removing.set_value(Some(id));
        self.confirming.set(true);
    }

    /// Removes the comment that was asked about.
    pub(super) fn remove_confirmed(self) {
        self.confirming.set(false);
        self.removing.get_value().into_iter().for_each(|id| self.remove(id));
    }

    /// Removes a comment, and says so.
    pub(super) fn remove(self, id: CommentId) {
        leptos::task::spawn_local(async move {
            match api::remove(id).await {
                Err(error) if error.problem() != Problem::NotFound => self.toast.report(&error),
                // Somebody else was quicker: gone is gone.
                _ => {
                    self.threads.try_update(|threads| threads.remove_optimistically(id));
                    self.toast.notify("The comment is deleted.");
                    browser::focus("#comments-title");
                }
            }
        });
    }
}
