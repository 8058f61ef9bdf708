//! Disputes that are mediated: taken on, consented to, talked through, agreed or not, performed.

use casework::{
    actor::{Actor, Role},
    area::{AreaCode, AreaLevel},
    calendar::{Limit, LimitUnit, end_of},
    id::UnitId,
    matter::{
        Command, MediationResult,
        command::{
            AcceptMediation, AgreeOrally, AnswerHandOver, AnswerQuestion, AnswerSafety, AskParties, Asked,
            ClauseGiven, ConcludeMediation, DeclineMediation, HandOver, HoldSession, LapseConfirmation,
            MarkClauseOverdue, NoteCaucus, OpenMediation, PartyGiven, ProposeAgreement, ProposeTimes,
            RecordConfirmation, RecordConsent, RecordPerformance, Refuse, RemindClause, ReportResult,
            SealAgreement, SetSession, Sign, TimeGiven, Visit,
        },
    },
    mediation::{Bar, ClauseResult, ConfirmationState, Origin, PartySide, SessionForm, Venue, Way},
    register::{CommitteeKind, PartiesAdmitted},
};
use jiff::{ToSpan, civil::Date};
use store::Many;

use super::{Life, plus};
use crate::demo::{people, registers, site, words};

/// How a mediation's agreement is put down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Oral,
    Written,
}

impl Life<'_> {
    /// A whole mediation, up to its result.
    pub(super) fn mediated(&mut self, result: MediationResult) {
        self.admit();
        self.later(0.3, 4.0);
        self.opened();
        self.later(4.0, 20.0);
        if result == MediationResult::Refused {
            return self.not_wanted();
        }
        self.taken_on();
        self.later(4.0, 20.0);
        self.consented();
        if result == MediationResult::Stopped {
            self.later(4.0, 20.0);
            return self.send(Actor::Party { no: 2 }, Command::Refuse(Refuse { words: None }));
        }
        self.later(4.0, 30.0);
        self.sat();
        match result {
            MediationResult::Agreement if self.is_about("07") && self.random.percent(12) => {
                self.decided_elsewhere()
            }
            MediationResult::Agreement => self.agreed(),
            MediationResult::Failed | MediationResult::Refused | MediationResult::Stopped => self.failed(),
        }
    }

    fn category(&self) -> Option<String> {
        self.steps.first().and_then(|step| match &step.work {
            Many::Report(new) => new.report.category.clone(),
            Many::Command(_) | Many::Plan(_) | Many::Talk(_) => None,
        })
    }

    fn is_about(&self, beginning: &str) -> bool {
        self.category().is_some_and(|category| category.starts_with(beginning))
    }

    /// The committee that takes it: the county's specialised one where there is one for the category, or else the centre's own.
    fn committee(&self) -> (AreaCode, &'static str, Option<CommitteeKind>) {
        let category = self.category();
        let mut channels = self.site.catalogue.mediation.channels.iter();
        let kind = channels
            .find(|channel| channel.committee.is_some() && channel.takes(category.as_deref()))
            .and_then(|channel| channel.committee);
        let special = site::SPECIALISED.iter().find(|(of, ..)| Some(*of) == kind);
        special
            .zip(self.grid.at_level(AreaLevel::County))
            .map_or((self.centre, site::MEDIATION, None), |((kind, service, ..), county)| {
                (county, *service, Some(*kind))
            })
    }

    fn opened(&mut self) {
        let (area, service, _) = self.committee();
        let unit = UnitId(format!("{area}.{service}"));
        self.desk(Role::Dispatcher, Command::OpenMediation(OpenMediation { unit, channel: None }));
    }

    fn mediator(&mut self, command: Command) {
        let (area, service, _) = self.committee();
        self.send(people::of_unit(area, service, Role::Mediator), command);
    }

    /// The other side of a dispute with a hospital, a manager of property or an employer; made up.
    fn organisation(&self) -> Option<String> {
        let (.., kind) = self.committee();
        let kind = kind.filter(|kind| registers::between(*kind) == PartiesAdmitted::WithOrganisation)?;
        let town = self.site.areas.get(self.town).map(|town| town.name.as_str()).unwrap_or_default();
        let names = [(CommitteeKind::Medical, "卫生院"), (CommitteeKind::Property, "便民物业服务公司")];
        let what = names.iter().find(|(of, _)| *of == kind).map_or("建筑劳务公司", |(_, name)| name);
        Some(format!("{town}{what}"))
    }

    /// One side does not want it, or it is before a court already.
    fn not_wanted(&mut self) {
        let words = if self.random.percent(10) {
            let words = "法院已经受理，请按法院通知办理。需要法律援助可拨打 12348。".into();
            return self.mediator(Command::DeclineMediation(DeclineMediation { bar: Bar::AtCourt, words }));
        } else {
            "一方明确不愿调解，按规定终止。可以申请仲裁或向法院起诉。".into()
        };
        self.mediator(Command::ConcludeMediation(ConcludeMediation {
            result: MediationResult::Refused,
            words,
            party: None,
            roads: vec!["court".into(), "arbitration".into()],
        }));
    }

    fn taken_on(&mut self) {
        let origin = match self.random.below(100) {
            0..=54 => Origin::Application,
            55..=88 => Origin::OwnInitiative,
            89..=92 => Origin::Court,
            93..=96 => Origin::Police,
            97..=98 => Origin::PetitionOffice,
            _ => Origin::Other,
        };
        let parties = [PartySide::Applicant, PartySide::Respondent].map(|side| {
            let contact = words::contact(&mut self.random);
            let organisation = self.organisation().filter(|_| side == PartySide::Respondent);
            PartyGiven {
                side,
                organisation: organisation.is_some(),
                name: organisation.or(contact.name).unwrap_or_else(|| "某某".into()),
                phone: contact.phone,
                address: None,
                agent: None,
            }
        });
        let parties = parties.into();
        self.mediator(Command::AcceptMediation(AcceptMediation { origin, parties, mediator: None }));
    }

    fn consented(&mut self) {
        let (way, rights) = (Way::Spoken, if self.random.percent(40) { Way::Paper } else { Way::Spoken });
        self.mediator(Command::RecordConsent(RecordConsent { parties: vec![1, 2], way, rights }));
    }

    fn safe(&mut self) {
        for no in [1, 2] {
            self.mediator(Command::AnswerSafety(AnswerSafety { party: Some(no), violence: false }));
        }
    }

    /// Together after the question about violence, or apart with one after the other.
    fn sat(&mut self) {
        let venue = match self.random.below(100) {
            0..=34 => Venue::Committee,
            35..=54 => Venue::TalkRoom,
            55..=79 => Venue::Doorstep,
            80..=94 => Venue::Place,
            _ => Venue::Remote,
        };
        if self.random.percent(70) {
            self.safe();
            return self.held(SessionForm::Together, None, venue, vec![1, 2]);
        }
        for no in [1, 2] {
            self.held(SessionForm::Apart, Some(no), venue, vec![no]);
            self.later(1.0, 6.0);
        }
    }

    fn held(&mut self, form: SessionForm, with: Option<u8>, venue: Venue, present: Vec<u8>) {
        let words = if form == SessionForm::Together {
            "双方当面各自说了经过和想法，一起看了现场，调解员讲了相关规定和可以走的其他路。"
        } else {
            "单独听了一方的说法和底线，讲了相关规定，约好再谈。"
        };
        let minutes = 20 + u32::try_from(self.random.below(80)).unwrap_or(0);
        self.mediator(Command::HoldSession(HoldSession {
            session: None,
            started_at: None,
            minutes,
            form: Some(form),
            with,
            venue: Some(venue),
            present,
            participants: Vec::new(),
            words: words.into(),
            photos: Vec::new(),
        }));
    }

    fn failed(&mut self) {
        self.later(4.0, 30.0);
        self.mediator(Command::ConcludeMediation(ConcludeMediation {
            result: MediationResult::Failed,
            words: "谈了两次没有谈拢，已书面告知。可以申请仲裁、行政处理或向法院起诉。".into(),
            party: None,
            roads: vec!["court".into(), "arbitration".into(), "legal_aid".into()],
        }));
    }

    /// Handed over to labour arbitration, whose award settles it.
    fn decided_elsewhere(&mut self) {
        self.later(2.0, 10.0);
        self.mediator(Command::HandOver(HandOver {
            channel: "labour_arbitration".into(),
            unit: None,
            words: "调解未成，材料已移交仲裁委。仲裁时效一年，五日内会告知是否受理。".into(),
        }));
        self.later(6.0, 20.0);
        self.mediator(Command::AnswerHandOver(AnswerHandOver {
            accept: true,
            words: "仲裁委已受理。".into(),
        }));
        self.later(20.0, 60.0);
        let words = "仲裁裁决支付拖欠的工资，双方没有起诉。".into();
        self.mediator(Command::ReportResult(ReportResult { settled: true, words }));
    }

    fn clauses(&mut self) -> Vec<ClauseGiven> {
        let today = self.site.day(self.now);
        let mut due = |least: i64| -> Date {
            let days = least + i64::try_from(self.random.below(14)).unwrap_or(0);
            today.saturating_add(days.days())
        };
        let (first, second) = (due(12), due(14));
        let money = self.random.percent(55);
        let fen = money.then(|| (self.random.below(90) + 5) * 10_000);
        let paid = fen.map(|fen| format!("付给对方 {} 元，一次付清", fen / 100));
        let words = paid.unwrap_or_else(|| "把占用的地方清出来，恢复原来的通行".into());
        let mut clauses = vec![ClauseGiven { by: 2, words, due_on: first, fen }];
        if self.random.percent(35) {
            let words = "收到后不再为这件事找对方，有事先找村里说".into();
            clauses.push(ClauseGiven { by: 1, words, due_on: second, fen: None });
        }
        clauses
    }

    fn agreed(&mut self) {
        self.later(0.3, 6.0);
        let form = if self.random.percent(18) { Form::Written } else { Form::Oral };
        let facts = "双方因邻里往来起争执，经实地查看，各有不便之处，愿意各让一步。".into();
        let clauses = self.clauses();
        match form {
            Form::Oral => self.mediator(Command::AgreeOrally(AgreeOrally { facts, clauses })),
            Form::Written => {
                self.mediator(Command::ProposeAgreement(ProposeAgreement { facts, clauses }));
                for no in [1, 2] {
                    self.later(0.1, 3.0);
                    self.send(Actor::Party { no }, Command::Sign(Sign { version: 1 }));
                }
                self.later(0.1, 2.0);
                self.mediator(Command::SealAgreement(SealAgreement { version: 1 }));
            }
        }
    }

    /// What was promised is done, a few times late; where there is time for it before the demo begins.
    pub(super) fn performed(&mut self) {
        let Some((agreed_at, written, clauses)) = self.agreement() else { return };
        if self.pace < 1.0 {
            return;
        }
        let late = self.random.percent(3);
        for (clause, due_on) in (1_u8..).zip(clauses) {
            let due = end_of(due_on, &self.site.zone);
            let remind = end_of(due_on.saturating_sub(4.days()), &self.site.zone);
            let days = i64::try_from(self.random.below(7)).unwrap_or(0);
            let done = if late {
                plus(due, 86_400 * (1 + days))
            } else {
                plus(agreed_at, 86_400 * (1 + days)).min(remind)
            };
            if done >= plus(site::clock_start(), -86_400) {
                return;
            }
            if late {
                self.now = self.now.max(plus(remind, 9 * 3_600 + 60));
                self.system(Command::RemindClause(RemindClause { clause }));
                self.now = self.now.max(plus(due, 1));
                self.system(Command::MarkClauseOverdue(MarkClauseOverdue { clause }));
            }
            self.now = self.now.max(done);
            self.mediator(Command::RecordPerformance(RecordPerformance {
                clause,
                result: ClauseResult::Performed,
                on: None,
                words: None,
                photos: Vec::new(),
            }));
        }
        if written {
            self.confirmed(agreed_at);
        }
    }

    /// When and how it was agreed, with the days of its clauses.
    #[allow(clippy::wildcard_enum_match_arm, reason = "three commands tell it")]
    fn agreement(&self) -> Option<(jiff::Timestamp, bool, Vec<Date>)> {
        let days = |clauses: &[ClauseGiven]| clauses.iter().map(|clause| clause.due_on).collect::<Vec<_>>();
        let mut proposed = None;
        for step in &self.steps {
            match &step.work {
                Many::Command(new) => match &new.command {
                    Command::AgreeOrally(agree) => return Some((step.at, false, days(&agree.clauses))),
                    Command::ProposeAgreement(propose) => proposed = Some(days(&propose.clauses)),
                    Command::SealAgreement(_) => return Some((step.at, true, proposed?)),
                    _ => {}
                },
                Many::Report(_) | Many::Plan(_) | Many::Talk(_) => {}
            }
        }
        None
    }

    /// Whether nothing that was agreed is still open.
    pub(super) fn is_performed(&self) -> bool {
        let Some((_, written, clauses)) = self.agreement() else { return true };
        let count = |is: fn(&Command) -> bool| {
            let sent = |step: &&super::Step| matches!(&step.work, Many::Command(new) if is(&new.command));
            self.steps.iter().filter(sent).count()
        };
        let recorded = count(|command| matches!(command, Command::RecordPerformance(_)));
        let confirmed = count(|command| {
            matches!(command, Command::LapseConfirmation(_) | Command::RecordConfirmation(_))
        });
        recorded == clauses.len() && (confirmed > 0 || !written)
    }

    /// Some ask the court to confirm it within the thirty days; for the others they pass.
    fn confirmed(&mut self, agreed_at: jiff::Timestamp) {
        let limit = Limit { amount: 30, unit: LimitUnit::CalendarDays };
        let until = self.site.calendar.due(agreed_at, limit, &self.site.zone).at;
        let in_time = |at, days: i64| plus(at, days * 86_400) < site::clock_start();
        if self.random.percent(30) && plus(self.now, 5 * 86_400) < until && in_time(self.now, 20) {
            self.mediator(Command::AskParties(AskParties { about: Asked::Confirmation { court: None } }));
            for no in [1, 2] {
                self.later(0.5, 4.0);
                let answer = AnswerQuestion { question: 1, yes: true, party: None, way: None };
                self.send(Actor::Party { no }, Command::AnswerQuestion(answer));
            }
            self.later(20.0, 50.0);
            let words = "裁定协议有效。".into();
            let result = ConfirmationState::Confirmed;
            return self.mediator(Command::RecordConfirmation(RecordConfirmation { result, words }));
        }
        if plus(until, 3_600) < site::clock_start() {
            self.now = self.now.max(plus(until, 2));
            self.system(Command::LapseConfirmation(LapseConfirmation {}));
            if self.random.percent(20) && in_time(self.now, 6) {
                self.later(1.0, 8.0);
                let words = "上门回访，双方都说说到做到了，没有再起争执。".into();
                self.mediator(Command::Visit(Visit { words }));
            }
        }
    }

    /// Mediated while the demo runs: waiting to be taken on, asked for consent, with a session ahead, or about to sign.
    pub(super) fn being_mediated(&mut self) {
        self.admit();
        self.later(0.3, 4.0);
        self.opened();
        let step = self.random.below(100);
        if step < 15 {
            return;
        }
        self.later(2.0, 10.0);
        self.taken_on();
        if step < 35 {
            return self
                .send(Actor::Party { no: 2 }, Command::Consent(casework::matter::command::Consent {}));
        }
        self.later(2.0, 10.0);
        self.consented();
        self.safe();
        // Those of a whole county sit too often for hours that are given by number.
        if step < 65 && self.committee().2.is_none() {
            return self.session_ahead();
        }
        self.later(2.0, 10.0);
        self.held(SessionForm::Together, None, Venue::TalkRoom, vec![1, 2]);
        let words = "这边最多再让两千，再多就不谈了。".into();
        self.mediator(Command::NoteCaucus(NoteCaucus { party: 1, words }));
        if step < 85 {
            return;
        }
        let facts = "双方因排水起争执，实地看过，愿意各让一步。".into();
        let clauses = self.clauses();
        self.mediator(Command::ProposeAgreement(ProposeAgreement { facts, clauses }));
        self.send(Actor::Party { no: 1 }, Command::Sign(Sign { version: 1 }));
    }

    /// Each mediator's hours in the demo's first days, one session to an hour.
    fn session_ahead(&mut self) {
        let (slot, quarter) = (self.planned.index % 24, self.planned.index % 4);
        let day = self
            .site
            .day(site::clock_start())
            .saturating_add(i64::try_from(1 + slot / 8).unwrap_or(1).days());
        let hour = i8::try_from(8 + slot % 8).unwrap_or(9);
        let minute = i8::try_from(quarter * 15).unwrap_or(0);
        let Ok(starts) = day.at(hour, minute, 0, 0).to_zoned(self.site.zone.clone()) else { return };
        let starts_at = starts.timestamp();
        let times = vec![TimeGiven { starts_at, minutes: 15 }];
        self.send(Actor::Party { no: 1 }, Command::ProposeTimes(ProposeTimes { times, words: None }));
        self.mediator(Command::SetSession(SetSession {
            starts_at,
            minutes: 15,
            form: SessionForm::Together,
            with: None,
            open: false,
            venue: Venue::TalkRoom,
            place: Some("村部一楼逢四说事室".into()),
        }));
    }
}
