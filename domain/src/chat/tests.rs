mod mentions;
mod message;
mod partners;
mod read_markers;
mod resume;
mod send;

use protocol::chat::MessageView;
use uuid::Uuid;

use crate::{Scope, testing::Seed};

impl Seed {
    /// Two people say `count` messages in turns, numbered in their text from 1.
    async fn talk(&self, one: &Scope, other: &Scope, count: i64) -> Vec<MessageView> {
        let mut said = Vec::new();
        for number in 1..=count {
            let (who, to) = if number % 2 == 1 { (one, other) } else { (other, one) };
            said.push(self.say(who, to, &number.to_string()).await);
        }
        said
    }

    fn client_id(&self) -> Uuid {
        self.cx.new_id().expect("an id")
    }
}

fn seqs(messages: &[MessageView]) -> Vec<i64> {
    messages.iter().map(|message| message.seq).collect()
}
