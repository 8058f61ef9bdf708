//! Reports as residents send them: each with its own id, place and words of about fifty Chinese characters. Made up.

use std::fmt::Write as _;

use uuid::Uuid;

const SPOTS: [&str; 12] = [
    "村口",
    "老桥头",
    "小学门口",
    "卫生室旁边",
    "文化广场",
    "河堤上",
    "老街中段",
    "菜市场后门",
    "水塘西侧",
    "公路东边",
    "祠堂前面",
    "粮站院里",
];
const TROUBLES: [&str; 16] = [
    "路灯坏了好几盏",
    "井盖松动得厉害",
    "垃圾桶满了没人清",
    "下水道堵了往外冒污水",
    "护栏被车撞断了一截",
    "电线老化垂到半空",
    "两家为排水沟吵了起来",
    "楼上漏水把墙皮泡掉了",
    "工地渣土车带泥上路",
    "塘堰的闸门关不严",
    "广场音响开到半夜",
    "流浪狗聚了一大群",
    "新挖的沟没有回填",
    "自来水断断续续",
    "树枝压住了电线",
    "隔壁砌墙占了过道",
];
const SINCE: [&str; 8] = [
    "从上个月开始",
    "前天下雨以后",
    "快一个星期了",
    "开春到现在",
    "昨天晚上起",
    "断断续续半年",
    "修完路以后",
    "打过两次电话以后还是",
];
const HARM: [&str; 10] = [
    "老人晚上不敢出门",
    "孩子上学要绕远路",
    "三轮车根本过不去",
    "一下雨院子就积水",
    "气味大得窗户不敢开",
    "差点有人摔下去",
    "店里没法做生意",
    "邻里之间闹得很僵",
    "夏天蚊虫特别多",
    "车子经过咣当直响",
];
const WISHES: [&str; 8] = [
    "请尽快派人来看看",
    "希望能有人管一管",
    "麻烦给个准信",
    "请帮着协调一下",
    "能不能先摆个警示牌",
    "盼着早点修好",
    "请到现场了解情况",
    "有消息请告诉我们",
];
const SURNAMES: [&str; 10] = ["王", "李", "张", "刘", "陈", "杨", "黄", "周", "吴", "徐"];

/// A box that lies within the demo's sketch of the city: west, south, width, height.
const BOX: (f64, f64, f64, f64) = (113.0, 31.55, 0.8, 0.65);

/// One report on its way.
pub struct Made {
    /// Its id, which becomes the matter's.
    pub id: Uuid,
    /// Its words.
    pub words: String,
    /// The whole request, as it goes over the wire.
    pub request: Vec<u8>,
}

/// Makes reports, no two alike.
pub struct Reports {
    state: u64,
    made: u64,
}

impl Reports {
    /// Always the same ones but for their ids, which hold the time.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed, made: 0 }
    }

    /// The next reports, before any of them is sent.
    pub fn make(&mut self, count: usize) -> Vec<Made> {
        (0..count).map(|_| self.one()).collect()
    }

    fn one(&mut self) -> Made {
        self.made += 1;
        let id = Uuid::now_v7();
        let words = self.words();
        let (west, south, width, height) = BOX;
        let (lon, lat) = (west + self.unit() * width, south + self.unit() * height);
        let mut body =
            format!(r#"{{"id":"{id}","place":{{"lon":{lon:.6},"lat":{lat:.6}}},"words":"{words}""#);
        // Every second one wants to be called back.
        if self.made.is_multiple_of(2) {
            let surname = self.pick(&SURNAMES);
            let phone = self.next() % 10_000;
            let _ = write!(body, r#","contact":{{"name":"{surname}女士","phone":"1990000{phone:04}"}}"#);
        }
        body.push('}');
        Made { id, words, request: request(&body) }
    }

    fn words(&mut self) -> String {
        let number = self.next() % 990 + 10;
        format!(
            "{}{}第{number}号附近{}，{}，{}，{}。",
            self.pick(&SINCE),
            self.pick(&SPOTS),
            self.pick(&TROUBLES),
            self.pick(&HARM),
            self.pick(&HARM),
            self.pick(&WISHES)
        )
    }

    fn pick(&mut self, list: &[&'static str]) -> &'static str {
        let place = usize::try_from(self.next()).unwrap_or(0).checked_rem(list.len()).unwrap_or(0);
        list.get(place).copied().unwrap_or_default()
    }

    fn unit(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap_or(0)) / f64::from(u32::MAX)
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

fn request(body: &str) -> Vec<u8> {
    let head = format!(
        "POST /api/v1/public/reports HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_and_each_is_about_fifty_characters() {
        let made = Reports::new(1).make(1_000);
        let ids: std::collections::HashSet<Uuid> = made.iter().map(|made| made.id).collect();
        assert_eq!(ids.len(), made.len());
        let letters: usize = made.iter().map(|made| made.words.chars().count()).sum();
        assert!((45..=55).contains(&(letters / made.len())), "{}", letters / made.len());
    }
}
