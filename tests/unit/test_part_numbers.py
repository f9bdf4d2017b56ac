from __future__ import annotations

import pytest

from pipeline.transforms.titles.part_numbers import part_of


@pytest.mark.parametrize(
    ("title", "name", "number", "rest"),
    [
        ("最小熵原理(一):无监督学习", "最小熵原理", 1, "无监督学习"),
        ("漫谈（三十一）：预测数据", "漫谈", 31, "预测数据"),
        ("漫谈(二十):某题(上)", "漫谈", 20, "某题(上)"),
        ("升级之路:12、长度外推", "升级之路", 12, "长度外推"),
        ("流形:1.  SGD", "流形", 1, "SGD"),
        ("一般步骤(下)", "一般步骤", 3, ""),
        ("《虚拟的实在(3)》——相对论", "虚拟的实在", 3, "相对论"),
        ("【搜出来的文本】⋅(一)从生成到采样", "搜出来的文本", 1, "从生成到采样"),
        ("力学札记 第十二篇 摆", "力学札记", 12, "摆"),
        ("A long tale, Part 2", "A long tale", 2, ""),
        ("A tale (IV)", "A tale", 4, ""),
        ("连载(2/5)", "连载", 2, ""),
    ],
)
def test_numbered(title: str, name: str, number: int, rest: str) -> None:
    part = part_of(title)
    assert part is not None
    assert (part.name, part.number, part.rest) == (name, number, rest)


@pytest.mark.parametrize("title", ["一个题目", "软件:1.5倍加速", "(一)", "2019:总结", "F(x)的图像", "GPT-2模型", ""])
def test_not_numbered(title: str) -> None:
    assert part_of(title) is None
