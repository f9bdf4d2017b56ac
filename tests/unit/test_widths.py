from __future__ import annotations

import pytest

from pipeline.transforms.punctuation.tables import FORMULA
from pipeline.transforms.punctuation.widths import restore, restore_prose


@pytest.mark.parametrize(
    ("folded", "written"),
    [
        ("好吗?好!(真的)", "好吗？好！（真的）"),
        ("RNN,RNN以外", "RNN，RNN以外"),
        (f"记为{FORMULA},{FORMULA}则", f"记为{FORMULA}，{FORMULA}则"),
        ("用MLM(Masked Language Model),好", "用MLM（Masked Language Model），好"),
        (f"给定{FORMULA},(在条件下)", f"给定{FORMULA}，（在条件下）"),
        ("真的?!不会吧!!!", "真的？！不会吧！！！"),
        ("步骤1:Euler", "步骤1：Euler"),
        ("相比之下, 如果", "相比之下， 如果"),
        ("标准化 :\n即", "标准化 ：\n即"),
        (f"{FORMULA}:{FORMULA}", f"{FORMULA}：{FORMULA}"),
        ("数学家(Gauss, 1827年)", "数学家（Gauss, 1827年）"),
        ('原因:"硬刚"', '原因："硬刚"'),
        ("其实**好!**\n这", "其实**好！**\n这"),
        ("由(1),(2)得", "由(1)，(2)得"),
        ("角色[a]、[b](图中记为甲、乙)", "角色[a]、[b]（图中记为甲、乙）"),
        ("甲(一)(Latin)", "甲（一）（Latin）"),
    ],
)
def test_restored(folded: str, written: str) -> None:
    assert restore(folded) == written


@pytest.mark.parametrize(
    "text",
    [
        "Hello, world: fine; really? (Yes!)",
        "“Quoted”, he said; it’s — well — fine (“so”).",
        "def f(x, y):",
        "早上10:30",
        "约1,000元",
        "调用np.exp(x)后",
        "群SE(3)",
        "参考公式(4)。",
        "元组(首, 首)和",
        "“(左)伪逆”",
        "见https://example.org/a?b=c:d,e",
        "[文](https://example.org/a)",
        "《Attention: Is It (Really) All?》",
        "笑:)",
        "'微信',\n'支付宝',",
        "[0, L)",
        "从[0, L)中取，或(0,1]中",
        "形状是[m,d]的数组",
        "设f(x,y)为函数",
        "求(x+1)(x-1)的值",
        "[文](/归档/1)",
    ],
)
def test_kept(text: str) -> None:
    assert restore(text) == text


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("# 先看,再说:好", "# 先看，再说：好"),
        ("print(u'好吗?', 0.9)", "print(u'好吗？', 0.9)"),
        ("f(a, b)  # 说明:y_pred", "f(a, b)  # 说明：y_pred"),
        ("# 取出n,然后WMD(Word Mover)的值", "# 取出n，然后WMD（Word Mover）的值"),
        ("说明:y与x一致,x的元素非0即1,1是真。", "说明：y与x一致，x的元素非0即1,1是真。"),
        ("open('http://a,b')", "open('http://a,b')"),
        ("x = {'甲': 1, '乙': 2}", "x = {'甲': 1, '乙': 2}"),
        ("求和(甲, 乙);", "求和(甲, 乙);"),
    ],
)
def test_prose_in_verbatim_text(code: str, written: str) -> None:
    assert restore_prose(code) == written
