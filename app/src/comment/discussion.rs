use std::collections::HashMap;

use leptos::prelude::*;
use protocol::{
    AccountId, CommentId, PostId, Problem,
    account::PersonView,
    comment::{CommentBody, CommentView, NewComment, ThreadPage},
    live::ServerMessage,
};

use super::{api, asked::Asked, draft::Draft, place, sending::Sending, threads::Threads};
use crate::{
    browser, error,
    live::live,
    session,
    ui::{Toaster, toast},
};

mod reading;

/// The comments on a post with everything that one does there. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Discussion {
    pub(super) post: PostId,
    /// Whoever wrote the post may remove whatever stands below it.
    post_author: AccountId,
    me: StoredValue<Option<PersonView>>,
    pub(super) threads: RwSignal<Threads>,
    pub(super) sending: RwSignal<Vec<Sending>>,
    /// What is being answered.
    pub(super) answering: RwSignal<Option<Answering>>,
    /// Whether one is asked if a comment shall really go.
    pub(super) asking: RwSignal<bool>,
    removing: StoredValue<Option<CommentId>>,
    /// The comment that one was led to.
    pub(super) marked: RwSignal<Option<CommentId>>,
    /// What the address asks for.
    pub(super) asked: Asked,
    /// Counts how often other comments took the place of those that were shown.
    turn: StoredValue<u32>,
    drafts: StoredValue<HashMap<Option<CommentId>, Draft>>,
    pub(super) toast: Toaster,
}

/// A comment or reply that is being answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answering {
    pub(super) to: CommentId,
    pub(super) thread: CommentId,
}

impl Discussion {
    pub(super) fn new(post: PostId, post_author: AccountId, page: ThreadPage) -> Self {
        let asked = Asked::here();
        let threads = Threads::new(page);
        let answered = asked.reply.and_then(|reply| threads.get(reply)).map(answering);
        let discussion = Self {
            post,
            post_author,
            me: StoredValue::new(session::me().map(|me| me.person)),
            threads: RwSignal::new(threads),
            sending: RwSignal::new(Vec::new()),
            answering: RwSignal::new(answered),
            asking: RwSignal::new(false),
            removing: StoredValue::new(None),
            marked: RwSignal::new(asked.comment),
            asked,
            turn: StoredValue::new(0),
            drafts: StoredValue::new(HashMap::new()),
            toast: toast(),
        };
        live().listen(move |message| match message {
            ServerMessage::Commented { comment } if comment.post == post => {
                discussion.hear(CommentView::clone(comment))
            }
            ServerMessage::Uncommented { post: of, comment } if *of == post => discussion.forget(*comment),
            ServerMessage::Welcome { .. } => leptos::task::spawn_local(discussion.catch_up()),
            _ => {}
        });
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
    pub(super) fn draft(self, to: Option<CommentId>) -> Draft {
        let kept = self.drafts.with_value(|drafts| drafts.get(&to).cloned());
        kept.unwrap_or_else(|| {
            let writer = self.me().map(|me| me.id.to_string()).unwrap_or_default();
            let draft = Draft::new(&writer, self.post, to);
            self.drafts.update_value(|drafts| _ = drafts.insert(to, draft.clone()));
            draft
        })
    }

    /// Opens the form below a comment, or closes it; what stands in it stays.
    pub(super) fn answer(self, comment: &CommentView) {
        let wanted = answering(comment);
        self.answering.update(|answering| *answering = (*answering != Some(wanted)).then_some(wanted));
    }

    /// Sends what stands in a form. It is shown at once; what cannot be stored goes back into its form. Whether it went.
    pub(super) fn send(self, answers: Option<Answering>) -> bool {
        let draft = self.draft(answers.map(|answers| answers.to));
        let body = match CommentBody::parse(&draft.body.get_untracked()) {
            Ok(body) => String::from(body),
            Err(reason) => {
                draft.problem.set(Some(error::reason("body", reason)));
                return false;
            }
        };
        let Some(author) = self.me() else {
            draft.problem.set(Some(error::sentence(&Problem::SignInNeeded)));
            return false;
        };
        let sending = Sending {
            client_id: draft.take(&body),
            author,
            to: answers.map(|answers| answers.to),
            thread: answers.map(|answers| answers.thread),
            body,
            written_at: browser::now(),
        };
        self.answering.update(|open| _ = open.take_if(|open| Some(*open) == answers));
        self.sending.update(|all| all.push(sending.clone()));
        leptos::task::spawn_local(self.deliver(sending, draft, answers));
        true
    }

    async fn deliver(self, sending: Sending, draft: Draft, answers: Option<Answering>) {
        let client_id = sending.client_id;
        let new = NewComment {
            client_id: Some(client_id),
            post: self.post,
            answers: sending.to,
            body: sending.body.clone(),
        };
        let stored = api::write(new).await;
        let waited = self.sending.try_update(|all| {
            let place = all.iter().position(|one| one.client_id == client_id);
            place.map(|place| all.remove(place)).is_some()
        });
        match stored {
            Ok(comment) => {
                draft.arrived(client_id);
                self.put(comment, true);
            }
            // The socket has told of it: only the answer was lost.
            Err(_) if waited == Some(false) => draft.arrived(client_id),
            Err(error) => {
                // Whoever is elsewhere by now finds it in its form again.
                if waited.is_none() {
                    self.toast.fail(error.sentence());
                }
                draft.give_back(&sending.body, error.sentence());
                self.answering.try_update(|open| *open = open.or(answers));
            }
        }
    }

    fn hear(self, comment: CommentView) {
        let own = self.is_own(&comment);
        if own {
            self.sending.try_update(|all| {
                if let Some(place) = all.iter().position(|sending| sending.is(&comment)) {
                    all.remove(place);
                }
            });
        }
        self.put(comment, own);
    }

    /// Takes a comment as the server says it.
    pub(super) fn put(self, comment: CommentView, own: bool) {
        self.threads.try_update(|threads| threads.hear(comment, own));
    }

    fn forget(self, comment: CommentId) {
        self.threads.try_update(|threads| threads.forget(comment));
        self.save_lost_answer();
    }

    /// Keeps an answer whose form went with what it answers.
    fn save_lost_answer(self) {
        let open = self.answering.try_get_untracked().flatten();
        if let Some(open) = open.filter(|open| self.get_untracked(open.to).is_none()) {
            self.answering.try_set(None);
            let draft = self.draft(Some(open.to));
            self.save(&draft.body.get_untracked());
            draft.drop_text();
        }
    }

    /// Keeps a text whose place is gone: it goes into the form for comments.
    pub(super) fn save(self, text: &str) {
        if !text.trim().is_empty() {
            let why = "What you were writing about was removed. Your text is here.";
            self.draft(None).give_back(text, why.to_owned());
        }
    }

    /// Asks whether a comment shall really go.
    pub(super) fn ask_to_remove(self, id: CommentId) {
        self.removing.set_value(Some(id));
        self.asking.set(true);
    }

    /// Removes the comment that was asked about.
    pub(super) fn remove_asked(self) {
        self.asking.set(false);
        self.removing.get_value().into_iter().for_each(|id| self.remove(id));
    }

    /// Removes a comment, and says so.
    pub(super) fn remove(self, id: CommentId) {
        leptos::task::spawn_local(async move {
            match api::remove(id).await {
                Err(error) if error.problem() != Problem::NotFound => self.toast.fail(error.sentence()),
                // Somebody else was quicker: gone is gone.
                _ => {
                    self.threads.try_update(|threads| threads.remove(id));
                    self.toast.say("The comment is deleted.");
                    place::focus("#comments-title");
                }
            }
        });
    }
}

fn answering(comment: &CommentView) -> Answering {
    Answering { to: comment.id, thread: comment.thread.unwrap_or(comment.id) }
}
