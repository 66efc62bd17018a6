# SPDX-License-Identifier: Apache-2.0
"""Verbs around a number (动词): which make a promise of it, which belong to the noun, which end the noun behind it.

>>> verb_at_end("到园区新建"), leading_verb("集聚创新创业人员"), leading_verb("培训机构"), leading_verb("签约项目")
('新建', '集聚', '', '')
>>> text = "企业建立研发机构"
>>> text[:noun_end(text)]
'企业'
"""

from __future__ import annotations

import re
from typing import Final

from kechuang.engines.plandoc.characters import listed


def _longest_first(words: str) -> tuple[str, ...]:
    return tuple(sorted(set(words.split("|")), key=len, reverse=True))


_NEW: Final = (
    "新建设|新建成|新建|新增加|新增|新认定|新培育|新培养|新引进|新组建|新设立|新开通|新开工|新孵化|新上"
    "|新备案|新获批|新获|新签约|新签"
    "|新布局|新遴选|新转化|新登记|新发展|新招引|新招|新打造|新创建|新开办|新投产|新入库|新评|新选派|新立项"
    "|净增加|净增|再增|再建|新添"
)
_MAKE: Final = (
    "建设|建成|建立|组建|设立|成立|搭建|打造|创建|培育|培养|引进|引育|引入|招引|引聚|集聚|汇聚|聚集|吸引"
    "|认定|备案|遴选|评选|评定|选树"
    "|选派|派遣|征集|筛选|形成|编制|制定|出台|举办|承办|组织|开展|实施|完成|实现|达成|落地|推广|布局|攻克"
    "|突破|研制|开发|发布|示范推广|推广应用|评价入库|摸排|排查"
    "|推动|推进|支持|扶持|资助|帮助|帮扶|带动|培训|孵化|争取|获批|获得|获|取得|申报|签订|签约|储备|凝练"
    "|部署|发放|投放|募集"
    "|撬动|筹建|改造|聘请|聘任|选聘|招收|招聘|解决|推出|提供|汇集|归集|整合|接入|推荐|安排|促成|促进|做强"
    "|做大|壮大|启动|开工|竣工"
    "|投用|挂牌|梳理|走访|引导|鼓励|协助|增加|扩大|增设|创建成|申建|争创|培植|输送|外派|选拔|招募|命名"
    "|验收|结题|收集|拨付|下达"
    "|兑付|兑现|开设|开办|举荐|绘制|凝聚|延揽|柔性引进|招商|共建|承担|组织实施|牵头承担|承接|培优|淘汰"
    "|整治|清理|盘活|开辟|拓展|惠及"
    "|办理|轮训|调训|总结推广|总结|评价|扩充|编印|编写|编发|修订|制订|制修订|起草|出版|发表|购置"
    "|采购|扩建|改扩建|改建|续建|铺设|架设|开通|上线|发行"
    "|发起|授信|救助|慰问|安置|回引|吸收|接收|接待|表彰|授牌|揭牌|签署|缔结|选送|培树|修复|处置"
    "|收储|动员|发动|创办|领办|选育|审定|宣讲|推介|展示|查处|抽查"
    "|约谈|走进|深入|联系|建档|回访|征求|谋划|包装|策划|落户|投产|达产|入统|升规|上规|报送|推送"
    "|发掘|挖掘|摸清|厘清|打通|补齐|承办|协办|立项|入驻|入选|入围"
    "|推行|破解|召开|印发|布设|投运|创成|认证|新入规|入库|建|育|引|办|聘|招|评|达"
)
_NOUNY: Final = (
    "入库|服务|登记|立项|合作|转化|授权|申请|开放|共享|试点|示范|投资|创新|投入|应用|覆盖|攻关"
    "|对接|参加|上市|发展|研发|开发|建设|培训|签约|备案|孵化|推广|改造|申报|试制|评价|宣讲|推介"
    "|展示|抽查|采购|改建|扩建|修复|安置|表彰|慰问|救助|接待|认证|审定|选育|修订|验收|整治|清理"
    "|排查|轮训|授信|招聘|结题|入驻"
)
"""Verbs that also end or open names: 科技成果登记, 入库企业, 示范基地."""
_VERBS: Final = frozenset(listed(f"{_NEW}|{_MAKE}|{_NOUNY}"))
NOUNY: Final = frozenset(listed(_NOUNY))
_ATTRIBUTES: Final = NOUNY - frozenset(listed("建设|开发|推广|改造|采购|改建|扩建|修复|整治|清理|排查|发展"))
"""Verbs that stay with a short noun behind them: 入库企业, 签约项目."""
_LEADING: Final = frozenset(verb for verb in listed(f"{_NEW}|{_MAKE}") if len(verb) > 1)
_LONGEST_VERB: Final = max(map(len, _VERBS))
_STRONG: Final = re.compile(
    "|".join(
        _longest_first(
            f"{_NEW}|组建|建成|引进|举办|集聚|培育|设立|成立|遴选|征集|实施|认定|承担|打造|选派|攻克|招引"
            f"|创建|获批|争取|发放|开展|共建|联建|实现"
        )
    )
)
_ANY_LEADING: Final = re.compile("|".join(_longest_first("|".join(_LEADING))))
_PLACE_TAIL: Final = re.compile(r"载体|基地|中心|平台|机构|空间|体系|人员|主体|单位|联盟|大赛|大会|活动|系统")
"""What 服务|平台 and 培训|机构 go on with; 建设|平台 does not."""
_NOUN_TAIL: Final = re.compile(
    r"(?:能力|面积|人次|规模|水平|强度|成本|经费|周期|时间|资金|方案|办法|细则|计划|收入|余额|数量|总[数量额]|指标|标准|时限|结果)"
    r"|库|器|率|额(?!度)|型(?!号)|区(?![级域县内间])|园(?!区)|站(?!点)|券|网(?![络点上])|院(?![士所校])|业(?![态务])|数(?![字据控])|量(?!子)"
    r"|期(?!刊)|会(?![议员展])|力(?!量)|性(?!能)|费(?!用)|班(?!次)"
)
"""What a noun goes on with: 培训|机构, 孵化|器. A verb in front of these belongs to the noun."""
_LONGEST_TAIL, _SHORT_NOUN = 4, 2
_HEAD: Final = (
    "企业|机构|院所|高校|平台|人才|专家|人员|团队|项目|园区|中心|基地|单位|产品|技术|成果|学生|农民|公司"
    "|科学家|院士|博士|硕士|学校|医院"
    "|街道|乡镇|社区|家庭|工程师|特派员|实验室|载体|课题|专利|标准|事项|问题|需求|专员|副总|场景"
    "|产业|集群|任务|资金|经费|基金"
    "|区县|县区|高企|干部|教师|学者|经纪人|副总|教授"
)
_AFTER_HEAD: Final = (
    "给予|建立|组建|开展|参加|参与|获得|取得|完成|实现|设立|实施|承担|提供|享受|建成|落地|落户|入驻|推进"
    "|推动|带动|形成|通过|获批|达到"
    "|进行|新建|牵头|走进|走出|赴|到|投产|投用|开工|竣工|挂牌|上市|上云|纳入|列入|进入|入选|入围|入库"
    "|成为|成长为|加入|采用|落实|购买|晋升|升级为|下沉|驻村|入企|挂职|任职|深入|主营业务收入|营业收入|年产值|产值|年收入|销售收入|市值"
)
HEAD: Final = re.compile(f"(?:{_HEAD})")
HEAD_AT_END: Final = re.compile(f"(?:{_HEAD})$")
_HEADS: Final = frozenset(listed(_HEAD))
_HEAD_THEN_MAKE: Final = re.compile(
    rf"(?:{_HEAD})(?:{'|'.join(_longest_first('|'.join(_LEADING)))})(?=[\u4e00-\u9fff“]{{4,}})(?!.{{0,2}}(?:{_NOUN_TAIL.pattern}))"
)
_HEAD_THEN_VERB: Final = re.compile(rf"(?:{_HEAD})(?P<verb>{_AFTER_HEAD})")
_VERB_ANYWHERE: Final = re.compile(
    r"给予|予以|建立|协同发展|融合发展|高质量发展|进入|纳入|列入|入驻|入选|入围|落户|均(?=超|达|高于)|投向|用于"
    r"|投入使用|走进|晋升|升级为|以及|同时|赴|达到"
    r"|成为|加入|享受|获得|参加|参与"
    r"|开展|实施(?!方案|办法|细则|意见|计划|主体)|建成|竣工|推动|带动|设立|到(?=企业|基层|农村|一线|园区)"
    r"|服务(?=企业|基层|农村|乡村|一线)"
)
_MEANS: Final = (
    "以|对|对于|围绕|依托|针对|聚焦|落实|按照|按|根据|基于|通过|在|从|向|与|由|含|包括|包含|涵盖|涉及"
    "|用好|发挥|坚持|联合|会同|面向|关于|完善|优化"
    "|健全|抓好|统筹|加强|强化|紧盯|瞄准|立足|抓住|结合|做好|贯彻|学习|执行|深化|严守|遵循|明确|分为|现有|共有"
)
_MEANS_BEFORE: Final = re.compile(
    rf"[\s、，]*(?:{_MEANS})[^，；]*$|.*(?:{_MEANS}|近|过去|未来|每|其他|全[市省区县国]|我[市省区县]"
    rf"|等|的|用|将|把|被|前|后)$"
)


_MEANS_FIRST: Final = re.compile(
    r"(?:以|对(?!外|口|接)于?|围绕|依托|针对|聚焦|按照|根据|基于|通过|在|从|向|与|由|面向|联合"
    r"|会同|结合|立足|瞄准|为|到)(?=[\u4e00-\u9fff])"
)


_RATIO: Final = re.compile(r"(?:率|占比|比例|比重)$")
_LIGHT: Final = listed("实现|推动|促进|推进|完成|达到|做到")
"""The only verbs in front of a rate that do not belong to it: 走访企业覆盖率 is a rate of 走访."""


_BEFORE_SINGLE: Final = frozenset("、，。；再年内将拟需要可 ")
"""What may stand before a verb of one character: 再建2个; 教育 and 党建 are nouns."""


def verb_at_end(rest: str) -> str:
    """The verb with which the text before a number ends, or ""."""
    for size in range(_LONGEST_VERB, 1, -1):
        if rest[-size:] in _VERBS:
            return rest[-size:]
    single = rest[-1:] in _VERBS and (len(rest) == 1 or rest[-2] in _BEFORE_SINGLE)
    return rest[-1:] if single else ""


def behind_means(name: str) -> str:
    """与高校签订合作协议 → 合作协议: what the first verb behind a means or place is about; 对 alone goes too."""
    if not _MEANS_FIRST.match(name):
        return name
    verb = _ANY_LEADING.search(name, _SHORT_NOUN)
    tail = name[verb.end() :] if verb else ""
    if verb and tail and not _NOUN_TAIL.match(tail):
        return tail if _stands_alone(tail) else name[verb.start() :]
    return re.sub(r"^对于?", "", name)


def object_of(clause: str) -> str:
    """What the last verb of a clause is about: 支持企业申报国家级“小巨人” → 国家级“小巨人”."""
    last = max((match.end() for match in _ANY_LEADING.finditer(clause)), default=len(clause))
    tail = clause[last:]
    return tail if _stands_alone(tail) else ""


def is_means(rest: str) -> bool:
    """Whether the words before a number only name a means or a place: 围绕5个产业链, 涉及全市8个部门."""
    return not verb_at_end(rest) and _MEANS_BEFORE.match(rest) is not None


def _stands_alone(noun: str) -> bool:
    """减负, 就业 need the verb before them; 企业, 人才 and longer nouns do not."""
    return bool(noun) and (len(noun) > _SHORT_NOUN or noun in _HEADS) and not _NOUN_TAIL.match(noun)


def leading_verb(name: str) -> str:
    """The verb in front of a name that is not part of it; "" for 培训机构, 签约项目 and the like."""
    if _RATIO.search(name):
        return next((verb for verb in _LIGHT if name.startswith(verb)), "")
    if inner := _HEAD_THEN_MAKE.match(name):
        return inner[0]
    verb = next((name[:size] for size in range(_LONGEST_VERB, 1, -1) if name[:size] in _LEADING), "")
    left = name[len(verb) :]
    if len(left) <= _SHORT_NOUN and (verb in _ATTRIBUTES or left not in _HEADS):
        return ""
    if verb in _ATTRIBUTES and len(left) <= _LONGEST_TAIL and _PLACE_TAIL.match(left):
        return ""
    tail = _NOUN_TAIL.match(left)
    return "" if tail and (len(left) <= _LONGEST_TAIL or len(tail[0]) == 1) else verb


def after_strong_verb(name: str) -> str:
    """支持企业新建研发机构 → 研发机构: the noun behind the last strong verb inside a name."""
    places = [match.span() for match in _STRONG.finditer(name)]
    if not places or not places[-1][0]:
        return name
    tail = name[places[-1][1] :]
    return tail if _stands_alone(tail) else name


def noun_end(text: str) -> int:
    """Where the noun behind a number ends because a verb begins: 企业|建立研发机构."""
    anywhere, head = _VERB_ANYWHERE.search(text, _SHORT_NOUN), _HEAD_THEN_VERB.search(text)
    ends = [anywhere.start()] if anywhere else []
    ends += [head.start("verb")] if head else []
    return min(ends, default=len(text))
