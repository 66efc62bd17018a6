# SPDX-License-Identifier: Apache-2.0
"""A firm lets itself in and changes hands; a long list comes in, is settled and goes again; administrators apart."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlsplit

import pytest

from harness.site import Site
from harness.visitor import Visitor, visiting
from party_samples import code

pytestmark = pytest.mark.journey
FIRM, CODE = "云川启明智能装备有限公司", code(731)
PASSWORD = "Yi-ge-mima-2026"
REFUSED = 403
LETTER = {"name": "授权书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 letter"}


def test_a_firm_registers_is_returned_once_and_accepted_and_its_successor_takes_over(
    visitor: Visitor, chromium: Any, site: Site, request: pytest.FixtureRequest
) -> None:
    district = name_of_the_district(visitor)
    with visiting(chromium, site, request) as zhao, visiting(chromium, site, request) as qian:
        link = apply(zhao, district, "赵工", "13812341234")
        visitor.become(f"{district}科技局")
        return_it(visitor, FIRM, "授权书没有盖公章")
        assert "授权书没有盖公章" in mended(zhao)
        accept(visitor, FIRM)
        zhao.open(link)
        account = claim(zhao)
        sign_in(zhao, account)
        colleague = open_colleague(zhao, "孙工")
        assert "孙工" in people(zhao)
        for button, said in (("已阅读，同意", "本单位已同意"), ("撤回", "本单位已撤回同意")):
            zhao.page.locator("summary").filter(has_text="企业画像").click()
            zhao.press(button)
            assert f"{said}：向金融机构提供企业画像" in zhao.told()

        again = apply(qian, district, "钱工", "13912341234")  # Zhao leaves, Qian takes over
        visitor.open("/desk/")
        visitor.follow(FIRM)
        assert "已有单位管理员" in visitor.page.locator("main").inner_text()
        visitor.follow("通过注册")
        visitor.press("通过注册")
        assert "已有单位管理员" in visitor.page.locator("[role=alert]").first.inner_text()
        visitor.page.get_by_label("变更单位管理员").check()
        visitor.press("通过注册")
        qian.open(again)
        sign_in(qian, claim(qian))
        assert "钱工（" in people(qian)
        held = people(zhao)  # what he administered is his successor's
        assert "赵工（企业）" in held
        assert "钱工（企业、单位管理员）" in held
        assert zhao.open(colleague).status == REFUSED
        close_colleague(qian, "孙工")
        close_colleague(qian, "赵工")
        assert "赵工" not in people(qian)
        assert zhao.open("/parties/own/").status == REFUSED
    visitor.become("审计管理员")
    visitor.open("/journal/?verb=parties.registration.accepted")
    assert visitor.page.locator("#kc-list tbody tr", has_text=FIRM).count() == 2
    assert "13912341234" not in visitor.page.content()


def test_what_a_declined_applicant_said_of_himself_is_erased_at_his_request(
    visitor: Visitor, chromium: Any, site: Site, request: pytest.FixtureRequest
) -> None:
    district = name_of_the_district(visitor)
    with visiting(chromium, site, request) as nobody:
        link = apply(nobody, district, "李工", "13612341234")
        visitor.become(f"{district}科技局")
        visitor.open("/desk/")
        visitor.follow(FIRM)
        visitor.follow("不予通过")
        visitor.page.get_by_label("理由").fill("不是本单位授权")
        visitor.press("不予通过")
        nobody.open(link)
        assert "不是本单位授权" in nobody.page.locator("main").inner_text()
    assert "136****1234" in visitor.page.locator("main").inner_text()
    visitor.follow("删除申请人信息")
    visitor.page.get_by_label("原因").fill("本人要求")
    visitor.press("删除申请人信息")
    assert "已删除" in visitor.told()
    assert "136****1234" not in visitor.page.locator("main").inner_text()


def name_of_the_district(visitor: Visitor) -> str:
    visitor.open("/access/sign-in/")
    buttons = visitor.page.locator("form:has(input[name=username]) button").all_inner_texts()
    return next(words.strip().removesuffix("科技局") for words in buttons if words.strip().endswith("科技局"))


def apply(applicant: Visitor, district: str, who: str, phone: str) -> str:
    """Fill the public form in; returns the link that leads back to the application."""
    page = applicant.page
    applicant.open("/access/sign-in/")
    applicant.follow("单位与专家注册")
    page.get_by_label("主体类型").select_option(label="企业")
    page.get_by_label("名称", exact=False).first.fill(FIRM)
    page.get_by_label("统一社会信用代码").fill(CODE)
    page.get_by_label("所在区县").select_option(label=district)
    page.get_by_label("被授权人姓名").fill(who)
    page.get_by_label("手机").fill(phone)
    page.get_by_label("证明材料").set_input_files(LETTER)
    page.get_by_label("我已阅读并同意").check()
    applicant.press("提交")
    return urlsplit(page.locator(".kc-link-shown").inner_text()).path


def return_it(visitor: Visitor, name: str, missing: str) -> None:
    visitor.open("/desk/")
    visitor.follow(name)
    assert "*" in visitor.page.locator("main").inner_text()  # whose name and number are masked
    visitor.follow("退回补正")
    visitor.page.get_by_label("须补正的内容").fill(missing)
    visitor.press("退回补正")
    assert "已退回" in visitor.told()


def mended(applicant: Visitor) -> str:
    """What was missing; it is mended and handed in again."""
    applicant.open("/parties/register/status/")
    words = str(applicant.page.locator(".kc-note-warn").inner_text())
    applicant.page.get_by_label("证明材料").set_input_files({**LETTER, "buffer": b"%PDF-1.7 with a seal"})
    applicant.press("重新提交")
    return words


def accept(visitor: Visitor, name: str) -> None:
    visitor.open("/desk/")
    visitor.follow(name)
    assert visitor.page.get_by_role("link", name="退回补正").count() == 0  # once is all
    visitor.follow("通过注册")
    visitor.press("通过注册")
    assert "已通过" in visitor.told()


def claim(applicant: Visitor) -> str:
    """Take the account up and set its password; returns the name of the account."""
    page = applicant.page
    account = str(page.locator("main code").last.inner_text())
    applicant.press("领取账号，设置密码")
    set_password(applicant)
    return account


def set_password(somebody: Visitor) -> None:
    somebody.page.get_by_label("新密码", exact=False).first.fill(PASSWORD)
    somebody.page.get_by_label("再次输入新密码").fill(PASSWORD)
    somebody.press("设置密码")


def sign_in(somebody: Visitor, account: str) -> None:
    somebody.open("/access/sign-in/")
    somebody.page.get_by_label("账号", exact=False).first.fill(account)
    somebody.page.get_by_label("密码").fill(PASSWORD)
    somebody.press("登录")
    assert somebody.page.url.endswith("/desk/")


def people(somebody: Visitor) -> str:
    """Who has an account of the firm, with what for."""
    somebody.open("/parties/own/")
    assert FIRM in somebody.page.locator("main h2").first.inner_text()
    return str(somebody.page.locator("main section").first.inner_text())


def open_colleague(administrator: Visitor, name: str) -> str:
    """Open an account for a colleague; returns the address of the form."""
    administrator.open("/parties/own/")
    administrator.follow("为同事开户")
    form = urlsplit(administrator.page.url).path
    administrator.page.get_by_label("姓名").fill(name)
    administrator.page.get_by_label("手机").fill("13712341234")
    administrator.press("开户")
    assert "/access/link/" in administrator.page.locator(".kc-link-shown").inner_text()
    return form


def close_colleague(administrator: Visitor, name: str) -> None:
    administrator.open("/parties/own/")
    with administrator.leaving():
        administrator.page.locator("li", has_text=name).get_by_role("link", name="停用").click()
    administrator.page.get_by_label("原因").fill("离职")
    administrator.press("停用")


ALIEN = {
    "系统管理员": ("/access/grants/", "/journal/", "/parties/organizations/"),
    "安全管理员": ("/access/accounts/new/", "/journal/", "/workplan/tasks/"),
    "审计管理员": ("/access/accounts/new/", "/parties/lists/upload/"),
}


def test_an_administrator_who_tries_the_work_of_another_is_refused_with_a_reason(visitor: Visitor) -> None:
    for who, addresses in ALIEN.items():
        visitor.become(who)
        for address in addresses:
            assert visitor.open(address).status == REFUSED, (who, address)
            said = visitor.page.locator("main").inner_text()
            assert f"三类管理员职责分离，也不办理业务：“{who}”没有“" in said
            assert "谁可以" in said
            assert "供技术支持核对" in said


FRESH, KNOWN, MISTYPED, MISNAMED = 1000, 796, 20, 20
LONG = 120_000  # ms that a list may take on a busy machine


def test_a_long_list_is_taken_in_settled_and_undone(visitor: Visitor, site: Site) -> None:
    page = visitor.page
    visitor.become("高新处工作人员")
    before = organizations(visitor)
    listed = hand_in(visitor, long_list(before))
    assert "1,836" in page.locator("#kc-list").inner_text()
    assert number_of(visitor, "待决定") == MISTYPED + MISNAMED
    visitor.press(f"采纳 {MISTYPED} 条建议")
    visitor.follow("逐行处理")
    for turn in range(MISNAMED):
        label = "登记到“" if turn % 2 else "不登记这一行"
        page.get_by_label(label).first.check()
        visitor.press("决定，并看下一行")
    assert (urlsplit(page.url).path, number_of(visitor, "待决定")) == (listed, 0)
    assert page.get_by_role("button", name="确认登记").is_disabled()  # not by who settled it

    visitor.become("高新处长")
    visitor.open("/desk/")
    visitor.follow("名单.csv")
    visitor.press("确认登记")
    page.get_by_role("link", name="撤回名单").wait_for(timeout=LONG)
    assert number_of(visitor, "新建机构") == FRESH + MISTYPED
    after = organizations(visitor)
    assert len(after) == len(before) + FRESH + MISTYPED
    visitor.open(f"/search/?q={fresh_name(7)}")
    assert fresh_name(7) in page.locator("main").inner_text()

    visitor.open(listed)
    visitor.follow("撤回名单")
    page.get_by_label("原因").fill("来函更正，整份重报")
    visitor.press("撤回")
    page.get_by_text("来函更正，整份重报").wait_for(timeout=LONG)
    page.locator("#kc-going-on").wait_for(state="detached", timeout=LONG)
    assert organizations(visitor) == before
    assert "日志完整" in site.kechuang("journal", "verify")


def fresh_name(serial: int) -> str:
    return f"云川新远{serial}号科技有限公司"


def long_list(known: list[tuple[str, str]]) -> bytes:
    """1,836 lines: new, known, with a mistyped code, with a name that is not the code's."""
    coded = [one for one in known if one[1]]
    wrong = [code(60_000 + serial) for serial in range(MISTYPED)]
    lines = [
        *((fresh_name(serial), code(50_000 + serial)) for serial in range(FRESH)),
        *coded[:KNOWN],
        *((f"云川错码{serial}号材料有限公司", mistyped(right)) for serial, right in enumerate(wrong)),
        *(
            (f"滨海他名{place}号商贸行", right)
            for place, (_name, right) in enumerate(coded[KNOWN : KNOWN + MISNAMED])
        ),
    ]
    assert len(lines) == 1836
    return "\n".join(["企业名称,统一社会信用代码", *map(",".join, lines)]).encode()


def mistyped(right: str) -> str:
    return right[:-1] + ("0" if right[-1] != "0" else "1")


def organizations(visitor: Visitor) -> list[tuple[str, str]]:
    """Name and code of every organisation, as exported."""
    exported = visitor.context.request.get("/parties/organizations/?export=csv&sort=name").body()
    rows = csv.DictReader(io.StringIO(exported.decode("utf-8-sig")))
    return [(row["名称"], row["统一社会信用代码"]) for row in rows]


def hand_in(visitor: Visitor, data: bytes) -> str:
    """Hand a list in and wait until it is read; returns its page."""
    visitor.open("/parties/lists/upload/")
    file = {"name": "名单.csv", "mimeType": "text/csv", "buffer": data}
    visitor.page.get_by_label("名单文件").set_input_files(file)
    visitor.page.get_by_label("数据日期").fill("2019-10-14")
    visitor.page.get_by_label("主体类型").select_option(label="企业")
    visitor.press("读取名单")
    visitor.page.get_by_role("link", name="逐行处理").wait_for(timeout=LONG)
    return urlsplit(visitor.page.url).path


def number_of(visitor: Visitor, words: str) -> int:
    tile = visitor.page.locator(".kc-tile", has_text=words)
    return int(tile.locator(".kc-tile-number").inner_text().replace(",", "")) if tile.count() else 0
