"""Places in owners' messages, and the table of places below them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.regions import contains, level, parent, region_name, regions
from nlu.reading.regions import find_regions

NAMED = [
    ("福州", "350100"),
    ("福州市", "350100"),
    ("Fuzhou", "350100"),
    ("FUZHOU", "350100"),
    ("福建", "350000"),
    ("福建省", "350000"),
    ("广东深圳", "440300"),
    ("深圳", "440300"),
    ("Shenzhen", "440300"),
    ("Shenzhen, Guangdong", "440300"),
    ("Xiamen", "350200"),
    ("Amoy", "350200"),
    ("厦门市思明区", "350203"),
    ("思明区", "350203"),
    ("魔都", "310000"),
    ("羊城", "440100"),
    ("在闽", "350000"),
    ("闽", "350000"),
    ("鹭岛", "350200"),
    ("北京市朝阳区", "110105"),
    ("北京朝阳", "110105"),
    ("辽宁朝阳", "211300"),
    ("朝阳市", "211300"),
    ("上海浦东", "310115"),
    ("Changchun auto parts shop", "220100"),
    ("ZTO express branch in Yulin, Shaanxi", "610800"),
    ("we cook for 90 old people in Neijiang", "511000"),
    ("福州鼓楼区", "350102"),
    ("南京鼓楼区", "320106"),
    ("泉州晋江", "350582"),
    ("晋江", "350582"),
    ("义乌", "330782"),
    ("昆山", "320583"),
    ("在沙县开店", "350405"),
    ("Xi'an", "610100"),
    ("Xian", "610100"),
    ("Harbin", "230100"),
    ("Urumqi", "650100"),
    ("Lhasa", "540100"),
    ("Hohhot", "150100"),
    ("Hong Kong", "810000"),
    ("Inner Mongolia", "150000"),
    ("Tibet", "540000"),
    ("内蒙古", "150000"),
    ("新疆", "650000"),
    ("吉林市", "220200"),
    ("吉林", "220000"),
    ("海南", "460000"),
    ("中山", "442000"),
    ("东莞", "441900"),
    ("Taizhou, Zhejiang", "331000"),
    ("Suzhou", "320500"),
    ("苏州", "320500"),
    ("宿州", "341300"),
    ("西双版纳", "532800"),
    ("Chongqing", "500000"),
    ("Shaanxi", "610000"),
    ("Shanxi", "140000"),
    ("恩施", "422800"),
    ("Lu'an", "341500"),
    ("我在重庆开火锅店", "500000"),
    ("开封", "410200"),
    ("宁波慈溪", "330282"),
    ("in Yiwu", "330782"),
    ("大连旅顺", "210212"),
    ("通辽科左后旗", "150522"),
    ("在长白山脚下安图县", "222426"),
    ("software house in Chengdu, in the hi-tech zone", "510100"),
    ("Ad & sign shop in Hohhot", "150100"),
    ("Kuqa, Aksu prefecture", "652902"),
    ("Fuping in Shaanxi", "610528"),
    ("丽江古城开客栈", "530702"),
    ("在建水古城开店", "532524"),
    ("卖陈年普洱，人在昆明", "530100"),
]


@pytest.mark.parametrize(("text", "code"), NAMED)
def test_usual_names(text: str, code: str) -> None:
    assert [place.code for place in find_regions(text)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "朝阳产业",
        "海南鸡饭",
        "兰州拉面",
        "沙县小吃",
        "北京路开店",
        "南京东路",
        "宁德时代",
        "阿里巴巴",
        "大理石",
        "北京银行",
        "Bank of Ningbo",
        "青岛啤酒",
        "和田玉",
        "长治久安",
        "健康平安",
        "鼓楼区",
        "合作社",
        "Taizhou",
        "东方明珠",
        "做白银生意",
        "新乡村",
        "hello",
        "",
        "福",
        "这个平台安全吗",
    ],
)
def test_no_place(text: str) -> None:
    assert find_regions(text) == ()


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("我在福州开店", True),
        ("福州的小饭馆", True),
        ("货卖到上海", False),
        ("老家在阜阳", False),
        ("based in Fuzhou", True),
        ("位于东莞", True),
        ("发往义乌", False),
    ],
)
def test_whether_somebody_is_there(text: str, firm: bool) -> None:
    places = find_regions(text)
    assert [place.firm for place in places] == [firm] or (not firm and places == ())


@pytest.mark.parametrize(
    ("outer", "inner", "inside"),
    [
        ("350000", "350102", True),
        ("350100", "350102", True),
        ("350102", "350100", False),
        ("350100", "350100", True),
        ("350200", "350102", False),
        ("110000", "110105", True),
        ("460000", "469001", True),
        ("100000", "350100", True),
        ("350000", "100000", False),
        ("350102", "350103", False),
    ],
)
def test_containment(outer: str, inner: str, inside: bool) -> None:
    assert contains(outer, inner) is inside


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("350102", "350100"),
        ("350100", "350000"),
        ("350000", None),
        ("110105", "110000"),
        ("469001", "460000"),
        ("500101", "500000"),
        ("100000", None),
    ],
)
def test_parent(code: str, above: str | None) -> None:
    assert parent(code) == above


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("350100", "福州市", "Fuzhou"),
        ("610100", "西安市", "Xi'an"),
        ("150000", "内蒙古自治区", "Inner Mongolia"),
        ("100000", "全国", "China"),
        ("350199", "福州市", "Fuzhou"),
        ("110105", "朝阳区", "Chaoyang District"),
    ],
)
def test_names(code: str, zh: str, en: str) -> None:
    assert (region_name(code), region_name(code, "en")) == (zh, en)


@pytest.mark.parametrize("code", ["", "3501", "35010a", "３５０１００", "3501000"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="six-digit"):
        contains("350000", code)


def test_every_place_lies_in_its_parent_and_has_names() -> None:
    for code, region in regions().items():
        above = parent(code)
        assert (above is None) == (level(code) == "province")
        assert above is None or contains(above, code)
        assert region.zh
        assert region.en


def test_every_city_is_found_by_its_full_name() -> None:
    for region in regions().values():
        if region.level == "city":
            assert [place.code for place in find_regions(f"公司在{region.zh}")] == [region.code]


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from(["福州", "Fuzhou", "朝阳", "在", "鼓楼区", "闽", "、", " ", "拉面", "Xi'an", "开店"]), max_size=12).map(
            "".join
        ),
    )
)
def test_never_raises_and_spans_lie_in_the_text(text: str) -> None:
    for place in find_regions(text):
        assert 0 <= place.start < place.end <= len(text)
        assert place.text == text[place.start : place.end]
        assert level(place.code) in ("province", "city", "county")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("宁波象山石浦个，做冷冻鱿鱼加工", "330225"),
        ("台州温岭石塘，修船坞的", "331081"),
        ("own studio in Tianjin Heping", "120101"),
        ("Suihua, Beilin district, maize and soybeans", "231202"),
        ("black tea, Enshi city", "422801"),
        ("beef noodles in Linxia city", "622901"),
        ("saunas for hotels in Jilin city", "220200"),
        ("paper flowers in Jinhua", "330700"),
    ],
)
def test_places_beside_their_city_and_cities_called_like_their_prefecture(text: str, code: str) -> None:
    assert [place.code for place in find_regions(text)] == [code]


def test_marble_is_no_place() -> None:
    assert find_regions("大理石加工") == ()
