//! Jobs: what happens later. A job is stored with its cause ([`crate::Tx::enqueue`]); [`crate::job_runner`] does it.

use protocol::{AccountId, ExportId, PictureId, PostId, ProfilePictureId, Timestamp};
use sea_orm::{ActiveModelTrait, ConnectionTrait, Set};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{Error, db::execute, mail::Letter};

pub(crate) mod entity;

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    /// Write a letter and send it.
    Mail {
        /// Which.
        letter: Letter,
    },
    /// Delete a post that was removed, unless it has been brought back.
    DeletePost {
        /// Which.
        post: PostId,
    },
    /// Delete an account that its owner closed, unless they have come back.
    DeleteAccount {
        /// Which.
        account: AccountId,
    },
    /// Make a copy of everything that a person has here.
    Export {
        /// Which.
        export: ExportId,
    },
    /// Delete the file of a copy that has no row any more.
    DeleteExport {
        /// Which.
        export: ExportId,
    },
    /// Delete the files of a picture that has no row any more.
    DeleteFiles {
        /// Which.
        picture: PictureId,
    },
    /// Delete the files of a profile picture, unless somebody has it.
    DeleteProfilePicture {
        /// Which.
        picture: ProfilePictureId,
    },
}

impl Task {
    /// The lane that it is done in.
    pub const fn lane(&self) -> Lane {
        match self {
            Self::Mail { .. } => Lane::Mail,
            Self::DeleteFiles { .. } | Self::DeleteProfilePicture { .. } | Self::DeleteExport { .. } => {
                Lane::Media
            }
            Self::Export { .. } => Lane::Rest,
            Self::DeletePost { .. } | Self::DeleteAccount { .. } => Lane::Deletion,
        }
    }
}

/// Jobs of one lane are done one after the other, and wait for no job of another lane: a mail server that does not answer
/// keeps no post from being deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Letters.
    Mail,
    /// Files of pictures.
    Media,
    /// What was removed.
    Deletion,
    /// Everything else.
    Rest,
}

impl Lane {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Mail, Self::Media, Self::Deletion, Self::Rest];

    /// Its name in the database, and for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Media => "media",
            Self::Deletion => "deletion",
            Self::Rest => "rest",
        }
    }
}

/// Wakes the workers of lanes.
#[derive(Debug, Default)]
pub struct LaneSignals {
    mail: Notify,
    media: Notify,
    deletion: Notify,
    rest: Notify,
}

impl LaneSignals {
    const fn of(&self, lane: Lane) -> &Notify {
        match lane {
            Lane::Mail => &self.mail,
            Lane::Media => &self.media,
            Lane::Deletion => &self.deletion,
            Lane::Rest => &self.rest,
        }
    }

    /// Waits until a job was added to a lane.
    pub async fn added(&self, lane: Lane) {
        self.of(lane).notified().await;
    }

    /// Wakes the worker of a lane; one that is at work looks again when it is done.
    pub(crate) fn wake(&self, lane: Lane) {
        self.of(lane).notify_one();
    }
}

/// Stores a job that is due at that time.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    id: Uuid,
    task: &Task,
    run_at: Timestamp,
) -> Result<(), Error> {
    let row = entity::ActiveModel {
        id: Set(id),
        task: Set(serde_json::to_string(task).map_err(Error::internal)?),
        lane: Set(task.lane().name().to_owned()),
        run_at: Set(run_at.micros()),
        attempts: Set(0),
        last_error: Set(None),
        given_up_at: Set(None),
    };
    row.insert(db).await?;
    Ok(())
}

/// Deletes the jobs that name an account, which goes. What a job says is text to the database.
pub(crate) async fn delete_all_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    execute(db, "DELETE FROM job WHERE task LIKE $1", [format!("%\"{account}\"%").into()]).await.map(drop)
}
