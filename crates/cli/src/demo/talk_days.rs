//! The year's talk days of the town that the demo shows first: held on each 4th, 14th and 24th, with what was raised, promised
//! and published, through the same commands as everywhere. The words are made up.

use casework::{
    actor::{Actor, Role},
    area::{AreaCode, AreaLevel},
    id::{CommandId, TalkDayId, TalkPlaceId},
    site::Site,
    talk_day::{
        Plan, PublicAnswer, RestDays, TalkCommand, TalkPlace, TalkPlaceKind, TalkRule, Topic, command as c,
    },
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time, date, time},
};
use store::{KeptPlace, Many, NewTalkCommand, NewTalkDay, Store};

use super::{life::Step, people, random::Random, site};

/// What is raised: its kind, what was said, what was answered or promised, and the words for everybody.
struct Raised {
    topic: Topic,
    said: &'static str,
    promised: bool,
    reply: &'static str,
    public: &'static str,
}

const fn raised(
    topic: Topic,
    promised: bool,
    said: &'static str,
    reply: &'static str,
    public: &'static str,
) -> Raised {
    Raised { topic, said, promised, reply, public }
}

#[rustfmt::skip]
const RAISED: [Raised; 16] = [
    raised(Topic::Request, true, "三组到水库的机耕路下雨就陷车，收稻子的机子进不来。", "先拉两车石渣把低洼处垫上，农闲再整修。", "机耕路低洼处先垫石渣，农闲时再整修。"),
    raised(Topic::Request, true, "村口两盏路灯不亮，晚上放学的孩子看不见。", "报给供电所，十天内换灯头。", "村口两盏路灯报供电所更换。"),
    raised(Topic::VillageAccounts, false, "去年修渠的钱是怎么花的，想听一听。", "会计当场念了账，票据在村部公示栏。", "修渠的收支当场念过，票据贴在村部公示栏。"),
    raised(Topic::VillageAccounts, false, "集体林地的租金今年什么时候分？", "按上年办法，十二月底前到各户账上。", "集体林地的租金按上年办法，年底前发到各户。"),
    raised(Topic::Dispute, true, "两家为田埂边一排杨树争了好几年。", "约两家周六到田边，搬凳子坐下来量清楚。", "田埂边杨树的归属，约当事人到现场说清。"),
    raised(Topic::Dispute, false, "隔壁盖房的滴水落在我家墙上。", "两家当场同意加一道檐沟，费用盖房的出。", "一件邻里滴水的事，两家当场说好了办法。"),
    raised(Topic::Suggestion, true, "卫生室门口加个扶手，老人上台阶稳当。", "请镇里的施工队来看，下次说事前装好。", "卫生室门口台阶加装扶手。"),
    raised(Topic::Suggestion, false, "说事的时间能不能避开插秧？", "农忙时改到晚上，提前一天在群里说。", "农忙时说事改到晚上，提前通知。"),
    raised(Topic::Development, false, "香菇棚想连片，谁家愿意一起？", "报名的先登记，农技员下次来讲。", "愿意连片种香菇的先登记，农技员下次来讲。"),
    raised(Topic::Development, true, "自来水到四组还差三百米管子。", "水务站测量后列进今年的项目。", "四组三百米自来水管，请水务站测量后列入项目。"),
    raised(Topic::Morals, false, "红白喜事放炮到半夜，能不能约一约？", "村规民约里写明，晚上九点后不放。", "村规民约约定：晚上九点以后不放鞭炮。"),
    raised(Topic::GoodExample, false, "下大雨那天有人守在漫水桥边拦车，要表扬。", "大家鼓掌，村部写感谢信。", "表扬雨天守在漫水桥边提醒行人的村民。"),
    raised(Topic::Unfairness, false, "评低保的名单，大家想知道是怎么评的。", "评议的条件和步骤念了一遍，结果公示七天。", "低保评议的条件和步骤当场说明，结果公示七天。"),
    raised(Topic::Grievance, true, "去年受灾的补贴说报了，一直没有到账。", "带着卡号去镇社会事务办查，查到就回话。", "一件补贴没有到账的事，到镇里查清后回话。"),
    raised(Topic::Request, false, "医保怎么在手机上交？", "网格员当场教了几位老人。", "网格员当场教了手机缴医保，村部随时可以再问。"),
    raised(Topic::Suggestion, true, "塘边立个牌子，别让孩子下水。", "这周立牌，放两个救生圈。", "塘边立警示牌，放救生圈。"),
];

const FIRST: Date = date(2023, 1, 1);
const LAST: Date = date(2024, 1, 4);
const LAST_HELD: Date = date(2023, 12, 24);

/// The villages of the town, in the order of their codes.
fn villages(site: &Site) -> Vec<AreaCode> {
    let town: Vec<AreaCode> = site.areas.iter().map(|area| area.code).collect();
    let mut villages: Vec<AreaCode> = town
        .into_iter()
        .filter(|code| code.level() == AreaLevel::Village && code.to_string().starts_with(site::TOWN))
        .collect();
    villages.sort_unstable();
    villages
}

fn place_id(village: AreaCode, nth: u64) -> TalkPlaceId {
    let mut random = Random::of("talk place", village.to_string().parse::<u64>().unwrap_or(0) * 4 + nth);
    let id = (u128::from(random.next()) << 64) | u128::from(random.next());
    TalkPlaceId(uuid::Builder::from_custom_bytes(id.to_be_bytes()).into_uuid())
}

/// Where and when the villages talk.
pub(super) async fn set_up(store: &Store) -> anyhow::Result<()> {
    let (site, mut places, mut rules) = (store.site(), Vec::new(), Vec::new());
    for village in villages(&site) {
        let point = site.areas.get(village).and_then(|area| area.shape.as_ref()).map(|shape| shape.middle());
        let mut add = |nth, kind, name: &str, address: &str, hours: &str, point| {
            let place = TalkPlace {
                kind,
                name: name.to_owned(),
                address: address.to_owned(),
                hours: hours.to_owned(),
                point,
                closed: false,
            };
            places.push(KeptPlace { id: place_id(village, nth), area: village, place });
        };
        add(0, TalkPlaceKind::Room, "逢四说事室", "村部一楼", "每月四日、十四日、二十四日上午", point);
        if site::VILLAGES.contains(&village.to_string().as_str()) {
            add(1, TalkPlaceKind::Doorstep, "老槐树下板凳会", "二组老槐树下", "谁有事谁搬凳子", None);
            add(2, TalkPlaceKind::Informal, "家常点", "村口小卖部旁", "白天都有人", None);
        }
        rules.push((
            village,
            TalkRule {
                rest_days: RestDays::Held,
                begins: Some(time(9, 0, 0, 0)),
                ends: Some(time(11, 0, 0, 0)),
                place: Some(place_id(village, 0)),
                ..TalkRule::default()
            },
        ));
    }
    let director = people::account("director");
    store.set_talk_places(&places, director, site::clock_start()).await?;
    store.set_talk_rules(&rules, director, site::clock_start()).await?;
    Ok(())
}

/// Every step of the year's talk days, each under a number of its own.
pub(super) fn steps(store: &Store) -> Vec<Step> {
    let site = store.site();
    let rule = TalkRule::default();
    let mut steps = Vec::new();
    for (index, village) in villages(&site).into_iter().enumerate() {
        let Some(lead) = people::in_village(village, Role::VillageLead) else { continue };
        for (nth, slot) in rule.days(FIRST, LAST, &site.calendar).into_iter().enumerate() {
            let number = (index * 100 + nth) as u64;
            let id = store.talk_day_id(village, slot.slot);
            let mut day =
                Day { site: &site, lead: &lead, village, slot: slot.slot, id, number, steps: Vec::new() };
            day.tell();
            steps.extend(day.steps);
        }
    }
    steps.retain(|step| step.at < site::clock_start());
    steps
}

struct Day<'a> {
    site: &'a Site,
    lead: &'a Actor,
    village: AreaCode,
    slot: Date,
    id: TalkDayId,
    number: u64,
    steps: Vec<Step>,
}

impl Day<'_> {
    fn tell(&mut self) {
        let mut random = Random::of("talk day", self.number);
        self.plan(&mut random);
        let minute = |n: u64| time(9, i8::try_from((5 + 4 * n) % 55).unwrap_or(0), 0, 0);
        let people = u32::try_from(9 + random.below(32)).unwrap_or(9);
        self.says(self.slot, minute(0), TalkCommand::HoldDay(c::HoldDay { people }));
        let count = 1 + random.below(3);
        let mut answers = Vec::new();
        for nth in 0..count {
            // One after the other, so that a village hears of a thing again only after a month or two.
            let of = usize::try_from((self.number * 3 + nth) % RAISED.len() as u64).unwrap_or(0);
            let (Some(raised), Ok(item)) = (RAISED.get(of), u32::try_from(nth + 1)) else { continue };
            self.raise(raised, item, minute(1 + nth), &mut random);
            answers.push(PublicAnswer { item, words: raised.public.to_owned() });
        }
        self.says(self.slot, time(16, 30, 0, 0), TalkCommand::PublishDay(c::PublishDay { answers }));
    }

    fn plan(&mut self, random: &mut Random) {
        let doorstep = random.percent(8);
        let plan = Plan {
            area: self.village,
            slot: self.slot,
            date: None,
            begins: Some(time(9, 0, 0, 0)),
            ends: Some(time(11, 0, 0, 0)),
            place: (!doorstep).then(|| place_id(self.village, 0)),
            place_words: doorstep.then(|| "田边的打谷场，带凳子（板凳会）".to_owned()),
        };
        let at = self.at(self.slot.saturating_sub(3.days()), time(17, 0, 0, 0));
        let new = NewTalkDay { id: self.command_id(at), actor: self.lead.clone(), now: at, plan };
        self.steps.push(Step { at, work: Many::Plan(new), photos: Vec::new() });
    }

    fn raise(&mut self, raised: &Raised, item: u32, at: Time, random: &mut Random) {
        let note = c::NoteItem { topic: raised.topic, words: raised.said.to_owned() };
        self.says(self.slot, at, TalkCommand::NoteItem(note));
        let words = raised.reply.to_owned();
        let later = time(at.hour() + 1, at.minute(), 0, 0);
        if !raised.promised {
            self.says(self.slot, later, TalkCommand::AnswerItem(c::AnswerItem { item, words }));
            return;
        }
        let due = self.slot.saturating_add(10.days());
        self.says(
            self.slot,
            later,
            TalkCommand::PromiseItem(c::PromiseItem { item, unit: None, due, words }),
        );
        // Of the last day's promises some are still owed when the demo's clock begins.
        let least = if self.slot == LAST_HELD && random.percent(60) { 10 } else { 3 };
        let kept_on = self.slot.saturating_add(i32::try_from(least + random.below(7)).unwrap_or(3).days());
        let words = "办好了，到现场看过。".to_owned();
        let settle = c::SettlePromise { item, kept: true, words };
        self.says(kept_on, time(15, 0, 0, 0), TalkCommand::SettlePromise(settle));
        let words = "已经办好。".to_owned();
        self.says(kept_on, time(15, 5, 0, 0), TalkCommand::TellMore(c::TellMore { item, words }));
    }

    fn says(&mut self, day: Date, time: Time, command: TalkCommand) {
        let at = self.at(day, time);
        let new = NewTalkCommand {
            id: self.command_id(at),
            actor: self.lead.clone(),
            now: at,
            day: self.id,
            base_version: None,
            command,
        };
        self.steps.push(Step { at, work: Many::Talk(new), photos: Vec::new() });
    }

    fn at(&self, day: Date, time: Time) -> Timestamp {
        day.to_datetime(time)
            .to_zoned(self.site.zone.clone())
            .map_or(site::clock_start(), |zoned| zoned.timestamp())
    }

    fn command_id(&self, at: Timestamp) -> CommandId {
        let mut random = Random::of("talk ids", self.number * 64 + self.steps.len() as u64);
        let mut bytes = [0_u8; 10];
        let [a, b] = [random.next(), random.next()];
        let chance = a.to_be_bytes().into_iter().chain(b.to_be_bytes());
        bytes.iter_mut().zip(chance).for_each(|(to, from)| *to = from);
        let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
        CommandId(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }
}
