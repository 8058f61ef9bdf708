//! Who may do what about talk days: one table of deed × state × role. What it does not allow is forbidden.
//!
//! There is one relation: the village lies in the area of the role. Everybody may read what is published; that needs no row.

use crate::{
    actor::{Actor, By, Role},
    area::AreaCode,
    refusal::Refusal,
    talk_day::{TalkCommandKind, TalkDay, TalkState},
    word::words,
};

words! {
    /// What may be done about talk days: the commands, and what is no command.
    TalkDeed {
        Read = "read", Plan = "plan", SetRule = "set_rule", SetPlaces = "set_places",
        MoveDay = "move", CancelDay = "cancel", HoldDay = "hold", NoteItem = "note_item", AnswerItem = "answer",
        PromiseItem = "promise", SettlePromise = "settle_promise", RecordMatter = "record_matter", PublishDay = "publish",
        TellMore = "tell_more",
    }
}

impl From<TalkCommandKind> for TalkDeed {
    fn from(kind: TalkCommandKind) -> Self {
        match kind {
            TalkCommandKind::MoveDay => Self::MoveDay,
            TalkCommandKind::CancelDay => Self::CancelDay,
            TalkCommandKind::HoldDay => Self::HoldDay,
            TalkCommandKind::NoteItem => Self::NoteItem,
            TalkCommandKind::AnswerItem => Self::AnswerItem,
            TalkCommandKind::PromiseItem => Self::PromiseItem,
            TalkCommandKind::SettlePromise => Self::SettlePromise,
            TalkCommandKind::RecordMatter => Self::RecordMatter,
            TalkCommandKind::PublishDay => Self::PublishDay,
            TalkCommandKind::TellMore => Self::TellMore,
        }
    }
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct TalkRow {
    /// What.
    pub deed: TalkDeed,
    /// In which states of the talk day; of what needs none, in all.
    pub states: &'static [TalkState],
    /// By which roles.
    pub who: &'static [Role],
    /// Whether the system does it.
    pub system: bool,
}

const ALL: &[TalkState] = TalkState::ALL;
const LEAD: &[Role] = &[Role::VillageLead];
const AT_THE_CENTRE: &[Role] = &[Role::Supervisor, Role::Director];

const fn row(deed: TalkDeed, states: &'static [TalkState], who: &'static [Role]) -> TalkRow {
    TalkRow { deed, states, who, system: false }
}

/// The table.
pub const TALK_TABLE: &[TalkRow] = &[
    row(
        TalkDeed::Read,
        ALL,
        &[Role::GridWorker, Role::VillageLead, Role::Supervisor, Role::Director, Role::Overseer],
    ),
    row(TalkDeed::Plan, ALL, LEAD),
    row(TalkDeed::SetRule, ALL, AT_THE_CENTRE),
    row(TalkDeed::SetPlaces, ALL, AT_THE_CENTRE),
    row(TalkDeed::MoveDay, &[TalkState::Planned], LEAD),
    row(TalkDeed::CancelDay, &[TalkState::Planned], LEAD),
    row(TalkDeed::HoldDay, &[TalkState::Planned], LEAD),
    row(TalkDeed::NoteItem, &[TalkState::Planned, TalkState::Held], &[Role::GridWorker, Role::VillageLead]),
    row(TalkDeed::AnswerItem, ALL, LEAD),
    row(TalkDeed::PromiseItem, ALL, LEAD),
    row(TalkDeed::SettlePromise, ALL, LEAD),
    TalkRow { deed: TalkDeed::RecordMatter, states: ALL, who: &[], system: true },
    row(TalkDeed::PublishDay, &[TalkState::Held], LEAD),
    row(TalkDeed::TellMore, &[TalkState::Published], LEAD),
];

/// Whether the table lets a role do something in a state, nothing else considered.
#[must_use]
pub fn allows(deed: TalkDeed, state: TalkState, role: Role) -> bool {
    TALK_TABLE.iter().any(|row| row.deed == deed && row.states.contains(&state) && row.who.contains(&role))
}

/// The capacity in which an actor may do what depends on no talk day's state.
///
/// # Errors
/// [`Refusal::NotAllowed`].
pub fn may(deed: TalkDeed, area: AreaCode, actor: &Actor) -> Result<By, Refusal> {
    in_state(deed, TalkState::Planned, area, actor)
}

/// The capacity in which an actor may do a command.
///
/// # Errors
/// The refusal that says why no capacity allows it.
pub fn capacity(day: &TalkDay, command: TalkCommandKind, actor: &Actor) -> Result<By, Refusal> {
    let deed = TalkDeed::from(command);
    in_state(deed, day.state, day.area, actor).map_err(|refusal| {
        let elsewhere = TalkState::ALL.iter().any(|state| in_state(deed, *state, day.area, actor).is_ok());
        if elsewhere { Refusal::NotInThisState { state: day.state } } else { refusal }
    })
}

/// The villages' areas that a member of staff may read about are those that lie in one of these.
#[must_use]
pub fn read_areas(actor: &Actor) -> Vec<AreaCode> {
    let Actor::Staff(staff) = actor else { return Vec::new() };
    let reads = staff.grants.iter().filter(|grant| allows(TalkDeed::Read, TalkState::Planned, grant.role));
    reads.map(|grant| grant.village_around().unwrap_or(grant.area)).collect()
}

fn in_state(deed: TalkDeed, state: TalkState, area: AreaCode, actor: &Actor) -> Result<By, Refusal> {
    match actor {
        Actor::System => {
            let does = |row: &TalkRow| row.deed == deed && row.system && row.states.contains(&state);
            if TALK_TABLE.iter().any(does) { Ok(By::System) } else { Err(Refusal::NotAllowed) }
        }
        Actor::Reporter | Actor::Party { .. } => Err(Refusal::NotAllowed),
        Actor::Staff(staff) => staff
            .grants
            .iter()
            .find(|grant| grant.reaches(area) && allows(deed, state, grant.role))
            .map(|grant| By::Staff { account: staff.account, unit: grant.unit.clone(), role: grant.role })
            .ok_or(Refusal::NotAllowed),
    }
}
