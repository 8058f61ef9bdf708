//! What a site decides as data: categories, who is responsible for them, limits, and the lists of reasons.
//!
//! A catalogue is a version; a matter keeps the version it began with.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    area::{AreaCode, AreaLevel},
    calendar::Limit,
    matter::{Class, Stage, Urgency},
    mediation::Channel,
    refusal::Refusal,
    unit::{Unit, UnitKind, Units},
};

/// One kind of trouble, two levels deep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Category {
    /// Its code within the class, `0201`; the first two digits are its parent.
    pub code: String,
    /// The class it belongs to.
    pub class: Class,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The category above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Words by which a report is guessed to belong here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// For disputes: the kind under which the Ministry of Justice counts them, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ministry: Option<String>,
    /// How long the file of a mediated dispute is kept, as it is printed; nothing where the site has not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<String>,
    /// An accusation against officials: never stored here, the reporter is shown where to go.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub accusation: bool,
}

impl Category {
    /// Accusations against officials are guided to where they belong before anything is stored.
    pub(crate) fn may_be_recorded(&self) -> Result<(), Refusal> {
        if self.accusation {
            return Err(Refusal::AccusationElsewhere { discipline: "12388", inspection: "12337" });
        }
        Ok(())
    }
}

/// Who is responsible (谁主管谁负责): a category at a level belongs to a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The class.
    pub class: Class,
    /// The category's code or the beginning of it; empty for the whole class.
    #[serde(default)]
    pub category: String,
    /// At which level.
    pub level: AreaLevel,
    /// The service that leads, as units name theirs.
    pub service: String,
    /// The item of the responsibility list.
    pub basis: String,
    /// First day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A limit and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LimitRule {
    /// Its code, kept by clocks.
    pub code: String,
    /// The stage it limits.
    pub stage: Stage,
    /// For one class only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// For one urgency only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// The time allowed.
    #[serde(flatten)]
    pub limit: Limit,
    /// The law it comes from, or `本站设定`.
    pub citation: String,
}

/// An entry of a list that people choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// Where to turn, for routes to elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// Limits of a site that are not about days of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Bounds {
    /// Calendar days after closing within which the reporter may reopen.
    pub reopen_days: u32,
    /// Working days that an extension may add; for petitions calendar days (信访工作条例 art. 34: at most 30 days).
    pub extension_days: u32,
    /// As above for petitions.
    pub petition_extension_days: u32,
    /// Days a matter may be suspended in one go.
    pub suspension_days: u32,
    /// Photos that one step may add.
    pub photos: u32,
    /// Children a matter may be split into.
    pub children: u32,
    /// Metres within which a matter of the same class counts as similar.
    pub similar_metres: u32,
    /// Days within which it does.
    pub similar_days: u32,
}

/// What a site decides about mediation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediationRules {
    /// The roads by which disputes are settled.
    pub channels: Vec<Channel>,
    /// Their limits.
    pub limits: Vec<LimitRule>,
    /// How long both may apply for the court's confirmation.
    pub confirmation: LimitRule,
    /// The kinds under which the Ministry of Justice counts mediations.
    pub ministry_types: Vec<Choice>,
    /// Content that an agreement cannot decide or should not; a warning, never a refusal.
    pub warnings: Vec<Warning>,
    /// Parties that a mediation may have.
    pub parties: u8,
    /// Questions that the parties may be asked.
    pub questions: u8,
    /// Sessions.
    pub sessions: u8,
    /// Clauses of an agreement.
    pub clauses: u8,
    /// Hand-overs.
    pub hand_overs: u8,
    /// Times that a party may propose at once.
    pub times: u8,
    /// The longest session.
    pub session_minutes: u32,
    /// How far ahead a session may be set.
    pub session_days_ahead: u32,
    /// How many days the parties may add at once.
    pub extension_days: u32,
    /// How many days before its day a clause is reminded of.
    pub remind_days: u32,
    /// From this hour on free times are offered.
    pub day_from_hour: i8,
    /// Until this hour.
    pub day_until_hour: i8,
}

/// Words in an agreement that call for a second look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Warning {
    /// Its code.
    pub code: String,
    /// Words by which it is noticed.
    pub words: Vec<String>,
    /// What to think of.
    pub name: String,
    /// The same in English.
    pub name_en: String,
}

impl MediationRules {
    fn none() -> Self {
        let limit = Limit { amount: 0, unit: crate::calendar::LimitUnit::CalendarDays };
        Self {
            channels: Vec::new(),
            limits: Vec::new(),
            confirmation: LimitRule {
                code: String::new(),
                stage: Stage::Closed,
                class: None,
                urgency: None,
                limit,
                citation: String::new(),
            },
            ministry_types: Vec::new(),
            warnings: Vec::new(),
            parties: 0,
            questions: 0,
            sessions: 0,
            clauses: 0,
            hand_overs: 0,
            times: 0,
            session_minutes: 0,
            session_days_ahead: 0,
            extension_days: 0,
            remind_days: 0,
            day_from_hour: 0,
            day_until_hour: 0,
        }
    }

    /// The limit of a channel.
    #[must_use]
    pub fn limit_of(&self, channel: &str) -> Option<&LimitRule> {
        let code = &self.channels.iter().find(|it| it.code == channel)?.limit;
        self.limits.iter().find(|rule| rule.code == *code)
    }

    /// What an agreement's words call for a second look at.
    pub fn warnings_about<'a>(&'a self, words: &'a str) -> impl Iterator<Item = &'a Warning> {
        self.warnings.iter().filter(|warning| warning.words.iter().any(|word| words.contains(word.as_str())))
    }

    fn checked(&self) -> Result<(), String> {
        match self.channels.iter().find(|channel| self.limit_of(&channel.code).is_none()) {
            Some(channel) => {
                Err(format!("catalogue: channel {} has no limit {}", channel.code, channel.limit))
            }
            None if !self.channels.first().is_some_and(|channel| channel.mediates) => {
                Err("catalogue: the first channel is the one in which committees mediate".to_owned())
            }
            None => Ok(()),
        }
    }
}

/// One version of a site's catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Its version.
    pub version: String,
    /// Categories of every class.
    pub categories: Vec<Category>,
    /// Who is responsible for what.
    pub duties: Vec<Duty>,
    /// Limits of the stages.
    pub limits: Vec<LimitRule>,
    /// Roads to elsewhere, for guidance 告知.
    pub guide_routes: Vec<Choice>,
    /// Reasons for which a clock may stand still.
    pub suspend_reasons: Vec<Choice>,
    /// Grounds on which a unit may return a matter.
    pub return_bases: Vec<Choice>,
    /// Words that say a life is in danger.
    pub emergency_words: Vec<String>,
    /// The other limits.
    pub bounds: Bounds,
    /// Mediation.
    pub mediation: MediationRules,
}

/// A unit that the catalogue holds responsible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Responsible<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// Why.
    pub duty: &'a Duty,
}

impl Catalogue {
    /// Reads a catalogue from TOML and the dispute types from their table (`code,name,level,parent_code,…`).
    ///
    /// # Errors
    /// Says which part cannot be read.
    pub fn read(toml_text: &str, dispute_types: &str) -> Result<Self, String> {
        let mut catalogue: Self = toml::from_str(toml_text).map_err(|e| format!("catalogue: {e}"))?;
        // The table has codes and names; the rest of a kind of dispute stands in the text.
        let given: HashMap<String, Category> = catalogue
            .categories
            .iter()
            .filter(|c| c.class == Class::Dispute)
            .map(|c| (c.code.clone(), c.clone()))
            .collect();
        catalogue.categories.retain(|c| c.class != Class::Dispute);
        for (line, row) in csv::Reader::from_reader(dispute_types.as_bytes()).into_records().enumerate() {
            let row = row.map_err(|e| format!("dispute types, row {}: {e}", line + 2))?;
            let kinds = &catalogue.mediation.ministry_types;
            let kind = kinds.iter().find(|kind| row.get(4) == Some(kind.name.as_str()));
            let ministry = kind.map(|kind| kind.code.clone());
            if ministry.is_none() {
                return Err(format!("dispute types, row {}: the Ministry counts no such kind", line + 2));
            }
            let (Some(code), Some(name), Some(parent)) = (row.get(0), row.get(1), row.get(3)) else {
                return Err(format!("dispute types, row {}: code, name or parent is missing", line + 2));
            };
            let given = given.get(code);
            catalogue.categories.push(Category {
                code: code.to_owned(),
                class: Class::Dispute,
                name: name.to_owned(),
                name_en: given.map_or(name, |given| &given.name_en).to_owned(),
                parent: Some(parent).filter(|p| !p.is_empty()).map(str::to_owned),
                keywords: given.map(|given| given.keywords.clone()).unwrap_or_default(),
                ministry,
                retention: given.and_then(|given| given.retention.clone()),
                accusation: false,
            });
        }
        catalogue.checked()
    }

    /// The catalogue of a site that is not set up: nothing can be reported.
    #[must_use]
    pub fn empty() -> Self {
        let bounds = Bounds {
            reopen_days: 0,
            extension_days: 0,
            petition_extension_days: 0,
            suspension_days: 0,
            photos: 0,
            children: 0,
            similar_metres: 0,
            similar_days: 0,
        };
        Self {
            version: String::new(),
            categories: Vec::new(),
            duties: Vec::new(),
            limits: Vec::new(),
            guide_routes: Vec::new(),
            suspend_reasons: Vec::new(),
            return_bases: Vec::new(),
            emergency_words: Vec::new(),
            bounds,
            mediation: MediationRules::none(),
        }
    }

    fn checked(self) -> Result<Self, String> {
        for stage in Stage::ALL.iter().filter(|stage| **stage != Stage::Closed) {
            if !self
                .limits
                .iter()
                .any(|rule| rule.stage == *stage && rule.class.is_none() && rule.urgency.is_none())
            {
                return Err(format!(
                    "catalogue: stage {stage} has no limit that holds for every class and urgency"
                ));
            }
        }
        self.mediation.checked()?;
        let empty = |rule: &&LimitRule| rule.citation.trim().is_empty() || rule.limit.amount == 0;
        if let Some(rule) = self.every_limit().find(empty) {
            return Err(format!("catalogue: limit {} needs an amount and a citation", rule.code));
        }
        Ok(self)
    }

    /// The category of a class with this code.
    #[must_use]
    pub fn category(&self, class: Class, code: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.class == class && category.code == code)
    }

    /// How long the file of a mediated dispute is kept: by its kind, else by the kind above it.
    #[must_use]
    pub fn retention(&self, code: &str) -> Option<&str> {
        let kind = self.category(Class::Dispute, code)?;
        let above = || self.category(Class::Dispute, kind.parent.as_deref()?)?.retention.as_deref();
        kind.retention.as_deref().or_else(above)
    }

    /// The limit of a stage: the rule that names most of class and urgency.
    #[must_use]
    pub fn limit(&self, stage: Stage, class: Class, urgency: Urgency) -> Option<&LimitRule> {
        self.limits
            .iter()
            .filter(|rule| {
                rule.stage == stage
                    && rule.class.is_none_or(|c| c == class)
                    && rule.urgency.is_none_or(|u| u == urgency)
            })
            .max_by_key(|rule| {
                (
                    rule.urgency.is_some_and(|u| u != Urgency::Normal),
                    rule.class.is_some(),
                    rule.urgency.is_some(),
                )
            })
    }

    /// The limit rule with this code.
    #[must_use]
    pub fn limit_by_code(&self, code: &str) -> Option<&LimitRule> {
        self.every_limit().find(|rule| rule.code == code)
    }

    /// Every limit: of the stages, of the channels, and of the court's confirmation.
    pub fn every_limit(&self) -> impl Iterator<Item = &LimitRule> {
        self.limits.iter().chain(&self.mediation.limits).chain([&self.mediation.confirmation])
    }

    /// The channel with this code.
    #[must_use]
    pub fn channel(&self, code: &str) -> Option<&Channel> {
        self.mediation.channels.iter().find(|channel| channel.code == code)
    }

    /// The unit responsible for a category where a centre works, on a day; the longest category that fits wins.
    #[must_use]
    pub fn responsible<'a>(
        &'a self,
        units: &'a Units,
        class: Class,
        category: Option<&str>,
        at: AreaCode,
        day: Date,
    ) -> Option<Responsible<'a>> {
        let mut fitting: Vec<&Duty> = self
            .duties
            .iter()
            .filter(|duty| {
                duty.class == class
                    && duty.level == at.level()
                    && category.unwrap_or_default().starts_with(&duty.category)
            })
            .filter(|duty| {
                duty.from.is_none_or(|from| from <= day) && duty.until.is_none_or(|until| day <= until)
            })
            .collect();
        fitting.sort_by_key(|duty| std::cmp::Reverse(duty.category.len()));
        fitting.into_iter().find_map(|duty| {
            units
                .serving(at, &duty.service)
                .filter(|u| u.kind != UnitKind::Centre)
                .map(|unit| Responsible { unit, duty })
        })
    }

    /// The category whose keywords the words name most; a person decides.
    #[must_use]
    pub fn guess(&self, words: &str) -> Option<&Category> {
        let score = |category: &Category| {
            category
                .keywords
                .iter()
                .filter(|word| words.contains(word.as_str()))
                .map(|word| word.chars().count())
                .sum::<usize>()
        };
        self.categories
            .iter()
            .map(|category| (score(category), category))
            .filter(|(score, _)| *score > 0)
            .rev()
            .max_by_key(|(score, _)| *score)
            .map(|(_, c)| c)
    }

    /// Whether the words say that a life is in danger.
    #[must_use]
    pub fn sounds_like_an_emergency(&self, words: &str) -> bool {
        self.emergency_words.iter().any(|word| words.contains(word.as_str()))
    }
}

/// Whether a list of choices has the code.
#[must_use]
pub fn has_choice(list: &[Choice], code: &str) -> bool {
    list.iter().any(|choice| choice.code == code)
}
