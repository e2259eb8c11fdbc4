//! What depends on its readers: read for all of them in one statement, however many they are, and at most once a second.

use std::{collections::HashMap, time::Duration};

use bytes::Bytes;
use protocol::{
    AccountId, PostId,
    live::{ServerMessage, Topic},
    post::{Counts, PostMessage},
    presence::{PresenceMessage, PresenceView},
};

use crate::{
    Cx, Error, badge,
    hub::{Answer, Question, frame},
    post, presence,
};

/// Answers questions as they come, until it is dropped.
pub async fn run(cx: &Cx) {
    loop {
        let questions = cx.hub.questions().await;
        answer_all(cx, questions).await;
    }
}

/// Answers the questions that are due within this time.
pub async fn answer_due(cx: &Cx, within: Duration) {
    answer_all(cx, cx.hub.questions_within(within)).await;
}

async fn answer_all(cx: &Cx, questions: Vec<Question>) {
    let (badges, others): (Vec<_>, Vec<_>) =
        questions.into_iter().partition(|question| question.topic == Topic::Badges);
    if let Err(error) = answer_badges(cx, &badges).await {
        failed(cx, &badges, &error);
    }
    for question in others {
        let answered = match question.topic {
            Topic::Post(post) => answer_counts(cx, &question, post).await,
            Topic::Person(person) => answer_presence(cx, &question, person).await,
            _ => Ok(()),
        };
        if let Err(error) = answered {
            failed(cx, &[question], &error);
        }
    }
}

/// What could not be read is read once more when its interval is over.
fn failed(cx: &Cx, questions: &[Question], error: &Error) {
    error.log();
    for question in questions {
        cx.hub.ask(*question);
    }
}

async fn answer_counts(cx: &Cx, question: &Question, post: PostId) -> Result<(), Error> {
    let readers = cx.hub.readers(question);
    let counts = post::counts::for_readers(cx, post, &readers.accounts()).await?;
    let mut frames: HashMap<u64, Bytes> = HashMap::new();
    let answer = |(reader, counts): (AccountId, Counts)| {
        let digest = post::counts::digest(counts);
        let frame = match frames.get(&digest) {
            Some(made) => made.clone(),
            None => {
                let made = frame(&PostMessage::CountsChanged { post, counts }.into())?;
                frames.entry(digest).or_insert(made).clone()
            }
        };
        Ok(Answer { reader, digest, frame })
    };
    let answers: Vec<Answer> = counts.into_iter().map(answer).collect::<Result<_, Error>>()?;
    cx.hub.answer(question, &readers, &answers);
    Ok(())
}

async fn answer_presence(cx: &Cx, question: &Question, person: AccountId) -> Result<(), Error> {
    let readers = cx.hub.readers(question);
    let states = presence::for_readers(cx, person, &readers.accounts()).await?;
    let answer = |(reader, presence): (AccountId, PresenceView)| {
        let frame = frame(&PresenceMessage::State { person, presence }.into())?;
        Ok(Answer { reader, digest: presence::digest(presence), frame })
    };
    let answers: Vec<Answer> = states.into_iter().map(answer).collect::<Result<_, Error>>()?;
    cx.hub.answer(question, &readers, &answers);
    Ok(())
}

/// Those of all accounts at once: a message has two members, and many are sent.
async fn answer_badges(cx: &Cx, questions: &[Question]) -> Result<(), Error> {
    let asked: Vec<_> = questions.iter().map(|question| (question, cx.hub.readers(question))).collect();
    let accounts: Vec<AccountId> = asked.iter().flat_map(|(_, readers)| readers.accounts()).collect();
    if accounts.is_empty() {
        return Ok(());
    }
    let badges: HashMap<AccountId, _> = badge::of(cx, &accounts).await?.into_iter().collect();
    for (question, readers) in asked {
        let own = readers.accounts().into_iter().filter_map(|reader| Some((reader, *badges.get(&reader)?)));
        let answer = |(reader, badges)| {
            Ok(Answer {
                reader,
                digest: badge::digest(badges),
                frame: frame(&ServerMessage::Badges(badges))?,
            })
        };
        let answers: Vec<Answer> = own.map(answer).collect::<Result<_, Error>>()?;
        cx.hub.answer(question, &readers, &answers);
    }
    Ok(())
}
