"""Characters whose reading in a name is not the one a dictionary gives first.

Readings are without tones, the one used in names first; the others are what people type who do not
know it. Surnames after 《中国姓氏大辞典》 (2010).
"""

from __future__ import annotations

_SURNAMES = """
单 shan dan chan|解 xie jie|仇 qiu chou|查 zha cha|曾 zeng ceng|朴 piao pu|盖 ge gai|覃 qin tan
区 ou qu|尉 wei yu|长 chang zhang|乐 yue le|朝 chao zhao|翟 zhai di|薄 bo bao|卜 bu|柏 bai bo
召 shao zhao|折 she zhe|缪 miao mou|牟 mu mou|员 yun yuan|黑 he hei|祭 zhai ji|种 chong zhong
繁 po fan|秘 bi mi|阚 kan|郇 xun huan|隗 wei kui|谌 chen shen|郗 xi chi|郄 qie xi|佴 nai er
乜 nie mie|褚 chu zhu|沈 shen chen|盛 sheng cheng|车 che ju|洗 xian xi|俞 yu shu|钭 tou dou
么 yao me|句 gou ju|能 nai neng|洼 wa gui|粘 nian zhan|贾 jia gu|宓 mi fu|晟 cheng sheng
炅 gui jiong|重 chong zhong|行 xing hang|藏 zang cang|宿 su xiu|莘 shen xin
"""

_COMPOUND = """
尉迟 yu chi|万俟 mo qi|长孙 zhang sun|澹台 tan tai|单于 chan yu|乐正 yue zheng|子车 zi ju
亓官 qi guan|夹谷 jia gu|宰父 zai fu|令狐 ling hu|鲜于 xian yu|拓跋 tuo ba|叱干 chi gan
濮阳 pu yang|纥干 he gan|呼延 hu yan|闾丘 lv qiu|夏侯 xia hou
公冶 gong ye|赫连 he lian|皇甫 huang fu|宇文 yu wen|慕容 mu rong|端木 duan mu|颛孙 zhuan sun
"""

_GIVEN = """
乐 le yue|长 chang zhang|朝 chao zhao|晟 sheng cheng|茜 qian xi|柏 bai bo|重 chong zhong
传 chuan zhuan|调 tiao diao|隽 jun juan|曾 zeng ceng|行 xing hang|单 dan shan|解 jie xie
朴 pu piao|盛 sheng cheng|车 che ju|会 hui kuai|阿 a e|召 zhao shao|藏 cang zang|参 can shen
乘 cheng sheng|强 qiang jiang|降 jiang xiang|贾 jia gu|奇 qi ji|校 xiao jiao|省 sheng xing
率 shuai lv|栖 qi xi|纤 xian qian|炅 jiong gui|洗 xi xian|宿 su xiu|员 yuan yun|佛 fo fu
什 shi shen|颉 xie jie|蔓 man wan|柜 gui ju|伽 jia qie|仇 chou qiu|查 cha zha|区 qu ou|盖 gai ge
覃 tan qin|卜 bu bo|薄 bo bao|翟 di zhai|弹 tan dan|石 shi dan|玢 bin fen|杉 shan sha|吁 yu xu
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for line in text.split("\n") for entry in line.split("|") if entry)
    return {words[0]: tuple(words[1:]) for words in entries}


SURNAMES = _table(_SURNAMES)
"""Surname of one character to its readings."""

COMPOUND_SURNAMES = _table(_COMPOUND)
"""Surname of two characters to its two syllables."""

GIVEN_NAMES = _table(_GIVEN)
"""Character to its readings after the surname."""
