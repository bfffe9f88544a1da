"""Worlds whose flow finds its way by a table of the item."""

from tongban.cases.tests.world import World, a_world
from tongban.engine.flow.tests.drawn import bpmn

TELLS = "两天内有人上门看，请留人开门。"
DRAWN = f"""
    intake user actor=受理岗 limit=2 act=accept+refuse-acceptance; taken xor; no end
    needed rule actor=平台 table=site-visit name=要不要上门看; way xor; met xor
    tell send actor=平台 says={TELLS}
    visit user actor=核查岗 limit=3 outcome=符合+不符合
    late message on=visit message=改天再看 name=申请人要求改天; again user actor=核查岗 limit=3
    decide user actor=决定岗 limit=2 act=grant+refuse; deliver user actor=窗口 limit=10 act=deliver
    start > intake; intake > taken; taken > needed: act == 'accept'; taken > no *
    needed > way; way > tell: outcome == '上门看'; way > met: outcome == '只看材料'
    tell > visit; visit > met; late > again; again > met; met > decide; decide > deliver; deliver > end"""
TABLE = """first,if form: catering | retail | canteen,if area: number,then outcome: OUTCOMES,reason,law
1,catering | canteen,-,上门看,做饭菜的，要看后厨。,样例条件
2,-,> 500,上门看,面积大的，要看布局。,样例条件
3,-,-,只看材料,只卖包装好的小店，看材料就行。,样例条件
""".replace("OUTCOMES", "上门看 | 只看材料")
TRIALS = """test,form,area,row
饭馆,catering,80,1
大超市,retail,800,2
小卖部,retail,60,3
"""
FILES = {"site-visit.csv": TABLE, "site-visit-tests.csv": TRIALS}


def a_world_with_a_table() -> World:
    """A world whose cases are looked at on the spot where a table says so."""
    return a_world(drawn=bpmn(DRAWN), files=FILES)
