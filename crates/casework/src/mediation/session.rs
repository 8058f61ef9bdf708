//! Sessions: set without clashes, moved, cancelled, held anywhere and recorded (RMTJF art. 21, 22, 27). Closed unless each party
//! says open; apart where anybody spoke of violence.

use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Mediation, Session, SessionForm, SessionState, Venue};
use crate::{
    actor::By,
    id::PhotoId,
    matter::{Event, Stretch, turn::Turn},
    refusal::{FreeTime, Refusal},
    site::Site,
    text::TextKind,
};

/// A stretch of time as it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeGiven {
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// How long it lasts.
    pub minutes: u32,
}

impl TimeGiven {
    /// The stretch, when it is not too long.
    fn stretch(self, turn: &Turn<'_>) -> Result<Stretch, Refusal> {
        let most = turn.catalogue.mediation.session_minutes;
        if self.minutes == 0 || self.minutes > most {
            return Err(Refusal::MinutesOutOfBounds { most });
        }
        let length = SignedDuration::from_mins(self.minutes.into());
        let starts_at =
            Timestamp::from_microsecond(self.starts_at.as_microsecond()).unwrap_or(self.starts_at);
        Ok(Stretch { starts_at, ends_at: starts_at.saturating_add(length).unwrap_or(starts_at) })
    }

    /// The stretch, when it lies ahead and near enough.
    fn ahead(self, turn: &Turn<'_>) -> Result<Stretch, Refusal> {
        let stretch = self.stretch(turn)?;
        let most = turn.catalogue.mediation.session_days_ahead;
        let last = turn.now().saturating_add(SignedDuration::from_hours(24 * i64::from(most)));
        if stretch.starts_at <= turn.now() || last.is_ok_and(|last| stretch.starts_at > last) {
            return Err(Refusal::NotAhead { most });
        }
        Ok(stretch)
    }
}

/// Sets a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSession {
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// How long it lasts.
    pub minutes: u32,
    /// Together or apart.
    pub form: SessionForm,
    /// With which party, when apart.
    #[serde(default)]
    pub with: Option<u8>,
    /// Whether others may listen.
    #[serde(default)]
    pub open: bool,
    /// Where.
    pub venue: Venue,
    /// Where, in words.
    #[serde(default)]
    pub place: Option<String>,
}

impl SetSession {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation_under_way()?;
        may_sit(mediation, self.form, self.with, self.open)?;
        let no = next(turn, mediation)?;
        let stretch = TimeGiven { starts_at: self.starts_at, minutes: self.minutes }.ahead(turn)?;
        free(turn, stretch, None)?;
        let place = turn.write_if_any("place", TextKind::Place, self.place.as_deref())?;
        let (form, with, open, venue) = (self.form, self.with, self.open, self.venue);
        turn.record(Event::SessionSet { no, time: stretch, form, with, open, venue, place });
        Ok(())
    }
}

/// Each party has consented; together only when each has answered the question about violence with no; open only when each agreed.
fn may_sit(mediation: &Mediation, form: SessionForm, with: Option<u8>, open: bool) -> Result<(), Refusal> {
    if mediation.mediator.is_none() {
        return Err(Refusal::MediatorMissing);
    }
    if !mediation.all_consent() {
        return Err(Refusal::ConsentMissing);
    }
    if mediation.handed_over().is_some() {
        return Err(Refusal::HandedOver);
    }
    match form {
        SessionForm::Together if mediation.violence() => return Err(Refusal::ApartOnly),
        SessionForm::Together if !mediation.may_sit_together() => return Err(Refusal::SafetyUnanswered),
        SessionForm::Together => {}
        SessionForm::Apart => {
            with.and_then(|no| mediation.party(no)).ok_or(Refusal::UnknownParty)?;
        }
    }
    if open && !mediation.may_be_open() {
        return Err(Refusal::ClosedUnlessAgreed);
    }
    Ok(())
}

fn next(turn: &Turn<'_>, mediation: &Mediation) -> Result<u8, Refusal> {
    let most = turn.catalogue.mediation.sessions;
    let last = mediation.sessions.iter().map(|session| session.no).max().unwrap_or(0);
    if last >= most {
        return Err(Refusal::TooMany { field: "sessions", most: most.into() });
    }
    Ok(last.saturating_add(1))
}

/// What is set already fits into the calendar of who is to mediate from now on; otherwise the free times of the day on which it does not
/// are told. A party learns nothing of a session that is not its own.
pub(super) fn set_sessions_fit(turn: &Turn<'_>, mediation: &Mediation) -> Result<(), Refusal> {
    let ahead = |session: &&Session| session.state == SessionState::Set && session.ends_at > turn.now();
    for session in mediation.sessions.iter().filter(ahead) {
        let stretch = Stretch { starts_at: session.starts_at, ends_at: session.ends_at };
        if let Some(free) = clash(turn, stretch, None) {
            return Err(if is_told_to(session, &turn.by) {
                Refusal::MediatorBusy { session: Some(session.no), free }
            } else {
                Refusal::MediatorBusy { session: None, free: Vec::new() }
            });
        }
    }
    Ok(())
}

fn is_told_to(session: &Session, by: &By) -> bool {
    match by {
        By::Party { no } => session.form == SessionForm::Together || session.with == Some(*no),
        By::Staff { .. } | By::Reporter | By::System => true,
    }
}

/// The mediator sits nowhere else then; otherwise the free times of that day are told.
fn free(turn: &Turn<'_>, stretch: Stretch, moved: Option<u8>) -> Result<(), Refusal> {
    clash(turn, stretch, moved).map_or(Ok(()), |free| Err(Refusal::MediatorBusy { session: None, free }))
}

/// The free times of a day on which the mediator sits elsewhere at that time; nothing, when it does not.
fn clash(turn: &Turn<'_>, stretch: Stretch, moved: Option<u8>) -> Option<Vec<FreeTime>> {
    let own = |busy: &crate::matter::Busy| busy.matter == turn.matter.id && Some(busy.session) == moved;
    let busy: Vec<Stretch> =
        turn.context.busy.iter().filter(|busy| !own(busy)).map(|busy| busy.time).collect();
    busy.iter().any(|other| other.overlaps(stretch)).then(|| turn.free_times(stretch, &busy))
}

/// What is free of a day's hours from now on, in stretches of at least some length.
#[must_use]
pub fn free_times(
    site: &Site,
    day: Date,
    now: Timestamp,
    length: SignedDuration,
    busy: &[Stretch],
) -> Vec<FreeTime> {
    let rules = &site.catalogue.mediation;
    let at =
        |hour: i8| day.at(hour, 0, 0, 0).to_zoned(site.zone.clone()).map_or(now, |moment| moment.timestamp());
    let (mut from, until) = (at(rules.day_from_hour).max(now), at(rules.day_until_hour));
    let mut busy = busy.to_vec();
    busy.sort_unstable();
    let mut free = Vec::new();
    for taken in busy.into_iter().chain([Stretch { starts_at: until, ends_at: until }]) {
        let ends_at = taken.starts_at.min(until);
        if ends_at.duration_since(from) >= length {
            free.push(FreeTime { starts_at: from, ends_at });
        }
        from = from.max(taken.ends_at);
    }
    free
}

/// Moves a session that was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveSession {
    /// Which.
    pub session: u8,
    /// When it begins now.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// How long it lasts.
    pub minutes: u32,
    /// Why; the parties read it.
    pub reason: String,
}

impl MoveSession {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let session = set(turn, self.session)?;
        let stretch = TimeGiven { starts_at: self.starts_at, minutes: self.minutes }.ahead(turn)?;
        if stretch.starts_at == session.starts_at && stretch.ends_at == session.ends_at {
            return Err(Refusal::NothingToChange);
        }
        free(turn, stretch, Some(session.no))?;
        let reason = turn.write("reason", TextKind::Place, &self.reason)?;
        turn.record(Event::SessionMoved { session: session.no, time: stretch, reason });
        Ok(())
    }
}

/// Cancels a session that was set. Any mediator of the committee may: the one of this mediation may be ill, or gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelSession {
    /// Which.
    pub session: u8,
    /// Why; the parties read it.
    pub reason: String,
}

impl CancelSession {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let session = set(turn, self.session)?;
        let reason = turn.write("reason", TextKind::Place, &self.reason)?;
        turn.record(Event::SessionCancelled { session: session.no, reason });
        Ok(())
    }
}

/// A session that waits to be held.
fn set<'a>(turn: &Turn<'a>, no: u8) -> Result<&'a Session, Refusal> {
    let mediation = turn.mediation_under_way()?;
    let waits = |session: &&Session| session.state == SessionState::Set;
    if !mediation.sessions.iter().any(|session| waits(&session)) {
        return Err(Refusal::NoSessionSet);
    }
    mediation.session(no).filter(waits).ok_or(Refusal::UnknownSession)
}

/// Records a session (RMTJF art. 27): one that was set, or one held on the spot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldSession {
    /// Which; left out for one held on the spot, whose form and venue are said here.
    #[serde(default)]
    pub session: Option<u8>,
    /// When it began. Left out: when it was set for, once that is over; else now, less its length.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub started_at: Option<Timestamp>,
    /// How long it lasted.
    pub minutes: u32,
    /// Together or apart.
    #[serde(default)]
    pub form: Option<SessionForm>,
    /// With which party, when apart.
    #[serde(default)]
    pub with: Option<u8>,
    /// Where.
    #[serde(default)]
    pub venue: Option<Venue>,
    /// The parties who were there.
    pub present: Vec<u8>,
    /// The others who were there, by the question that each party said yes to.
    #[serde(default)]
    pub participants: Vec<u8>,
    /// The record: what each side said, what was proposed, what came of it.
    pub words: String,
    /// The record signed on paper, scanned.
    #[serde(default)]
    pub photos: Vec<PhotoId>,
}

impl HoldSession {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        let mediation = turn.mediation_under_way()?;
        let was_set = self.session.map(|no| set(turn, no)).transpose()?;
        let no = was_set.map_or_else(|| next(turn, mediation), |session| Ok(session.no))?;
        let form = self.form.or(was_set.map(|session| session.form)).unwrap_or(SessionForm::Together);
        let with =
            self.with.or(was_set.and_then(|session| session.with)).filter(|_| form == SessionForm::Apart);
        let open = was_set.is_some_and(|session| session.open);
        let venue = self.venue.or(was_set.map(|session| session.venue)).unwrap_or(Venue::Committee);
        may_sit(mediation, form, with, open)?;
        self.were_there(mediation, form, with)?;
        let length = SignedDuration::from_mins(self.minutes.into());
        let just_ended = turn.now().checked_sub(length).unwrap_or(turn.now());
        let as_set = was_set.map(|session| session.starts_at).filter(|starts_at| *starts_at <= just_ended);
        let starts_at = self.started_at.or(as_set).unwrap_or(just_ended);
        let time = TimeGiven { starts_at, minutes: self.minutes }.stretch(turn)?;
        if time.starts_at > turn.now() {
            return Err(Refusal::NotYetHeld);
        }
        let words = turn.write("words", TextKind::Session, &self.words)?;
        let photos = turn.photos(&self.photos)?;
        let (present, participants) = (self.present.clone(), self.participants.clone());
        turn.record(Event::SessionHeld {
            no,
            time,
            form,
            with,
            open,
            venue,
            present,
            participants,
            words,
            photos,
        });
        Ok(())
    }

    fn were_there(&self, mediation: &Mediation, form: SessionForm, with: Option<u8>) -> Result<(), Refusal> {
        let known = |no: &u8| mediation.party(*no).is_some();
        if self.present.is_empty() || !self.present.iter().all(known) {
            return Err(Refusal::UnknownParty);
        }
        if form == SessionForm::Apart && self.present.iter().any(|no| Some(*no) != with) {
            return Err(Refusal::ApartOnly);
        }
        let agreed = |no: &u8| {
            mediation.question(*no).is_some_and(|question| {
                matches!(question.about, super::About::Participant { .. }) && mediation.holds(question)
            })
        };
        if !self.participants.iter().all(agreed) {
            return Err(Refusal::ParticipantNotAgreed);
        }
        Ok(())
    }
}

/// A party says when it could come: by times, in its own words, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeTimes {
    /// When.
    #[serde(default)]
    pub times: Vec<TimeGiven>,
    /// In its own words.
    #[serde(default)]
    pub words: Option<String>,
}

impl ProposeTimes {
    pub(crate) fn decide(&self, turn: &mut Turn<'_>) -> Result<(), Refusal> {
        turn.mediation_under_way()?;
        let party = turn.party_acting(None)?;
        let most = turn.catalogue.mediation.times;
        let words = self.words.as_deref().filter(|words| !words.trim().is_empty());
        if self.times.is_empty() && words.is_none() {
            return Err(Refusal::WordsMissing { field: "times" });
        }
        if self.times.len() > usize::from(most) {
            return Err(Refusal::TooMany { field: "times", most: most.into() });
        }
        let times = self.times.iter().map(|time| time.ahead(turn)).collect::<Result<Vec<_>, _>>()?;
        let words = turn.write_if_any("words", TextKind::Session, words)?;
        turn.record(Event::TimesProposed { party, times, words });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        matter::{Busy, Matter, Stretch},
        mediation::SessionState,
        tests::{
            cast::{mediator, other_mediator, party},
            mediating::{consented, safe, sat_together, together, tomorrow},
            place::at,
            scenario::{Case, command, fresh},
        },
    };

    fn stretch(from: &str, to: &str) -> Stretch {
        Stretch { starts_at: at(from), ends_at: at(to) }
    }

    fn busy(case: Case, from: &str, to: &str) -> Case {
        case.busy(Busy { matter: fresh(7).id, session: 1, time: stretch(from, to) })
    }

    #[test]
    fn a_session_is_set_moved_and_held() {
        safe()
            .when(other_mediator(), together(tomorrow()))
            .refused("not_allowed")
            .when(mediator(), together("2024-03-01T09:00:00+08:00"))
            .refused("not_ahead")
            .when(mediator(), together(tomorrow()))
            .then("session_set")
            .when(mediator(), command!(move_session, "session": 2, "starts_at": "2024-03-06T09:00:00+08:00", "minutes": 60, "reason": "农忙"))
            .refused("unknown_session")
            .when(mediator(), command!(move_session, "session": 1, "starts_at": "2024-03-06T09:00:00+08:00", "minutes": 60, "reason": "农忙"))
            .then("session_moved")
            .on("2024-03-06T10:05")
            .when(mediator(), command!(hold_session, "session": 1, "minutes": 60, "present": [1, 2], "words": "双方各自说了经过"))
            .then("session_held")
            .and(|matter| matter.mediation.as_deref().unwrap().sessions[0].state == SessionState::Held)
            .when(mediator(), command!(cancel_session, "session": 1, "reason": "不用了"))
            .refused("no_session_set")
            .when(mediator(), command!(hold_session, "minutes": 40, "form": "together", "venue": "doorstep", "present": [1, 2], "words": "在田埂上又谈了一次"))
            .then("session_held")
            .and(|matter| matter.mediation.as_deref().unwrap().sessions.len() == 2);
    }

    #[test]
    fn one_that_was_set_began_when_it_was_set_for_unless_it_cannot_be_over() {
        let held = || command!(hold_session, "session": 1, "minutes": 60, "present": [1, 2], "words": "双方各自说了经过");
        let began = |at: &'static str| {
            move |matter: &Matter| {
                matter.mediation.as_deref().unwrap().sessions[0].starts_at == at.parse().unwrap()
            }
        };
        let set = || safe().does(mediator(), together("2024-03-06T09:00:00+08:00"));
        set().on("2024-03-06T10:30").does(mediator(), held()).and(began("2024-03-06T09:00:00+08:00"));
        set().on("2024-03-06T09:50").does(mediator(), held()).and(began("2024-03-06T08:51:00+08:00"));
    }

    #[test]
    fn a_clash_is_refused_with_the_free_times_of_that_day() {
        let clashing = busy(
            busy(safe(), "2024-03-05T08:30", "2024-03-05T09:30"),
            "2024-03-05T13:00",
            "2024-03-05T16:00",
        );
        let tried = clashing.when(mediator(), together("2024-03-05T09:00:00+08:00"));
        let refusal = tried.result.clone().unwrap_err();
        insta::assert_json_snapshot!(refusal.params(), @r#"
        {
          "code": "mediator_busy",
          "free": [
            {
              "ends_at": "2024-03-05T05:00:00Z",
              "starts_at": "2024-03-05T01:30:00Z"
            },
            {
              "ends_at": "2024-03-05T10:00:00Z",
              "starts_at": "2024-03-05T08:00:00Z"
            }
          ]
        }
        "#);
        tried
            .refused("mediator_busy")
            .when(mediator(), together("2024-03-05T09:30:00+08:00"))
            .then("session_set");
    }

    #[test]
    fn moving_a_session_clashes_with_others_and_not_with_itself() {
        let set = safe().does(mediator(), together("2024-03-05T09:00:00+08:00"));
        let own = set.matter.id;
        let own = Busy { matter: own, session: 1, time: stretch("2024-03-05T09:00", "2024-03-05T10:00") };
        let later = || command!(move_session, "session": 1, "starts_at": "2024-03-05T09:30:00+08:00", "minutes": 60, "reason": "晚一点");
        busy(set.clone().busy(own), "2024-03-05T10:00", "2024-03-05T11:00")
            .when(mediator(), later())
            .refused("mediator_busy");
        set.busy(own).when(mediator(), later()).then("session_moved");
    }

    #[test]
    fn a_record_names_who_was_there_and_only_who_may_be() {
        let held = |present: &[u8], participants: &[u8]| command!(hold_session, "minutes": 30, "form": "together", "present": present, "participants": participants, "words": "记录");
        safe()
            .when(mediator(), held(&[], &[]))
            .refused("unknown_party")
            .when(mediator(), held(&[1, 3], &[]))
            .refused("unknown_party")
            .when(mediator(), held(&[1, 2], &[1]))
            .refused("participant_not_agreed")
            .when(mediator(), command!(hold_session, "minutes": 0, "present": [1], "words": "记录"))
            .refused("minutes_out_of_bounds")
            .when(
                mediator(),
                command!(hold_session, "started_at": "2024-03-09T09:00:00+08:00", "minutes": 30, "present": [1], "words": "记录"),
            )
            .refused("not_yet_held")
            .when(
                mediator(),
                command!(hold_session, "minutes": 30, "form": "apart", "with": 1, "present": [1, 2], "words": "记录"),
            )
            .refused("apart_only");
        sat_together()
            .when(
                mediator(),
                command!(move_session, "session": 1, "starts_at": tomorrow(), "minutes": 60, "reason": "改"),
            )
            .refused("no_session_set");
    }

    #[test]
    fn a_party_says_when_it_can_come() {
        let times = |times: serde_json::Value| command!(propose_times, "times": times);
        consented()
            .when(party(1), times(serde_json::json!([])))
            .refused("words_missing")
            .when(
                party(1),
                times(serde_json::json!([{"starts_at": "2024-01-05T09:00:00+08:00", "minutes": 60}])),
            )
            .refused("not_ahead")
            .when(mediator(), times(serde_json::json!([{"starts_at": tomorrow(), "minutes": 60}])))
            .refused("not_allowed")
            .when(party(1), command!(propose_times, "words": "晚上都行，农忙那几天除外"))
            .then("times_proposed")
            .when(party(1), times(serde_json::json!([{"starts_at": tomorrow(), "minutes": 60}])))
            .then("times_proposed");
    }
}
