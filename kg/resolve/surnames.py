"""Surnames that so many people bear that a given name and one of them prove nothing."""

from __future__ import annotations

__all__ = ["VERY_COMMON"]

#: The most frequent surnames of the regions that write most papers, folded.
VERY_COMMON = frozenset(
    # Chinese
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie tang song deng"
    " han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu lyu ding ren shen yao cui zhong"
    " tan fan jin shi dai fang bai qin xiong meng qian hou jia xue yan gu hao long wan wong chan cheung leung lau ng"
    # Korean, Japanese, Vietnamese
    " kim lee park choi jung jeong kang cho yoon jang lim seo shin kwon hwang ahn oh sato suzuki takahashi tanaka"
    " watanabe ito yamamoto nakamura kobayashi nguyen tran le pham hoang phan vu vo dang bui do ho ngo"
    # Indian
    " kumar singh sharma gupta patel shah jain agarwal das roy khan ahmed ali"
    # European and American; only those of millions, since given names differ more there
    " smith johnson williams brown jones miller davis garcia rodriguez martinez lopez gonzalez hernandez perez silva"
    " santos ivanov".split()
)
