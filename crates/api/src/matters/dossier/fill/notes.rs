//! What whoever opens the file should know of it.

use casework::{
    matter::Event,
    mediation::{ClauseResult, ConfirmationState},
};

use super::{Record, filed::Filing, is_together, withholds_sessions};

impl Record<'_> {
    pub(super) fn notes(self, filing: Option<&Filing>) -> Vec<String> {
        let mediation = self.seen.mediation;
        let mut notes =
            vec!["卷号沿用本平台的事项编号；人民调解委员会另有编号的，由立卷人在封面备注栏注明。".to_owned()];
        if withholds_sessions(self.seen) {
            notes.push("人民调解记录由本案人民调解员保存，本次查阅的人员无权阅看，未编入本卷。".to_owned());
        }
        let is_held = |event: &Event| matches!(event, Event::SessionHeld { .. });
        if self.first(is_held).is_some() && self.first(is_together).is_none() {
            notes.push("本案由人民调解员分别听取各方当事人的意见；单独谈话的内容不编入本卷。".to_owned());
        }
        let clauses = mediation.in_effect().into_iter().flat_map(|agreed| &agreed.clauses);
        for clause in clauses.filter(|clause| clause.result == Some(ClauseResult::NotPerformed)) {
            notes.push(format!("调解协议第{}项经核实未履行。", clause.no));
        }
        let state = mediation.confirmation.as_ref().map(|confirmation| confirmation.state);
        if let Some((_, words)) =
            self.courts_words().filter(|_| state == Some(ConfirmationState::Inadmissible))
        {
            notes.push(format!("人民法院对司法确认申请不予受理：{words}"));
        }
        notes.extend(filing.and_then(Filing::sentence));
        notes
    }
}
