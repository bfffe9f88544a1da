"""What a mask leaves to be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.engine.codes import mask_address, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        ("王", "*"),
        ("张三", "张*"),
        ("张三丰", "张*丰"),
        (" 王小丽 ", "王*丽"),
        ("欧阳锋", "欧*锋"),
        ("欧阳小锋", "欧**锋"),
        ("阿依古丽·买买提", "阿依古丽·***"),
        ("买买提・艾力", "买买提・**"),
        ("买买提•艾力•尕", "买买提•****"),
        ("阿依古丽·", "阿依古丽·*"),
        ("成都小满餐饮管理有限公司", "成**********司"),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("510104199001011234", "510***********1234"),
        ("51010419900101123X", "510***********123X"),
        ("510104900101123", "510********1123"),
        ("E12345678", "E******78"),
        ("123456", "******"),
        ("", ""),
    ],
)
def test_identity_numbers(number: str, masked: str) -> None:
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+86 138-1234-5678", "138****5678"),
        ("028-86691234", "028-****1234"),
        ("(010) 8669 1234", "010-****1234"),
        ("08162345678", "0816-****5678"),
        ("86691234", "******34"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_phones(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("四川省成都市锦江区春熙路街道南新街1号3栋2单元", "四川省成都市锦江区春熙路街道****"),
        ("春熙路街道12号", "春熙路街道****"),
        ("成都市武侯区浆洗街街道", "成都市武侯区浆洗街街道****"),
        ("江苏省镇江市京口区健康路街道8号", "江苏省镇江市京口区健康路街道****"),
        ("河南省新乡市牧野区某路9号", "河南省新乡市牧野区****"),
        ("湖南省凤凰县沱江镇城市花园3栋", "湖南省凤凰县沱江镇****"),
        ("内蒙古自治区锡林郭勒盟苏尼特左旗洪格尔苏木1队", "内蒙古自治区锡林郭勒盟苏尼特左旗洪格尔苏木****"),
        ("贵州省黔西南布依族苗族自治州兴义市桔山街道2号", "贵州省黔西南布依族苗族自治州兴义市桔山街道****"),
        ("成都市高新区天府大道1号", "成都市高新区****"),
        ("锦江区春熙南新街12号李家乡里饭店", "锦江区****"),
        ("丽家小区3栋2单元", "****"),
        ("1号楼", "****"),
        ("", ""),
    ],
)
def test_addresses_are_shown_down_to_the_street_and_no_further(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@given(st.text(alphabet="张王李欧阳锋·a ", max_size=12))
def test_a_name_is_never_shown_whole(name: str) -> None:
    if name.strip():
        assert mask_name(name) != name.strip()
        assert "*" in mask_name(name)


@given(st.text(alphabet="0123456789X", min_size=7, max_size=20))
def test_at_least_four_characters_of_a_number_are_hidden(number: str) -> None:
    assert mask_id(number).count("*") >= 4
    assert len(mask_id(number)) == len(number)


@given(st.text(alphabet="0123456789 -+()", min_size=7, max_size=20))
def test_a_phone_number_hides_at_least_four_digits_or_all_but_two(phone: str) -> None:
    masked = mask_phone(phone)
    assert masked.count("*") >= 4 or sum(char.isdigit() for char in masked) <= 2
