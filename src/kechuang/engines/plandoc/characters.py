# SPDX-License-Identifier: Apache-2.0
"""One character for one: how the reader's eye folds width, brackets and traditional forms (繁体).

Folding never changes the length of a text, so a place in the folded text is a place in the written one.
`shown` keeps the characters as written except full-width digits and letters; `read` is what grammars match on.
"""

from __future__ import annotations

import re
from typing import Final

_ASCII: Final = {0xFF01 + i: 0x21 + i for i in range(94)}
_KEPT_WIDE: Final = {ord(char) for char in "（），：；！？"}
_SHOWN: Final = {wide: half for wide, half in _ASCII.items() if wide not in _KEPT_WIDE}

_MARKS: Final = str.maketrans(
    "()[]〔〕【】［］﹙﹚{},:;!?﹐﹑○〇﹔﹕–—―－﹣~〜∼˜﹪％\u3000\xa0\t",
    "（）（）（）（）（）（）（），：；！？，、〇〇；：———--～～～～%%   ",
)
_TRADITIONAL: Final = str.maketrans(
    "愛礙襖罷擺敗頒辦幫綁寶報備貝筆幣閉邊編變標別賓補並併佈財採參殘倉層產長償廠場暢車徹塵稱誠懲遲衝蟲籌處觸儲傳創純詞"
    "辭從叢湊錯達帶單擔膽彈當黨檔導島燈鄧敵遞點電墊釘訂東動棟凍鬥獨讀賭鍍斷鍛隊對噸奪額惡兒發罰閥煩範販飯訪紡飛廢費紛"
    "墳奮憤豐風鋒鳳膚復複負婦賦該蓋幹乾趕岡剛鋼綱崗個給鞏貢構購夠顧關觀館慣貫廣規歸軌貴櫃國過漢號覈賀紅後護戶華畫劃話"
    "懷壞歡環換還黃匯彙會繪獲貨禍擊機積極級紀計記際繼績濟劑夾價駕堅間艱監檢簡減見薦踐鑒艦漸將獎講漿較膠階節傑潔結屆緊"
    "僅進盡儘勁經驚競淨徑鏡舊舉據劇懼捲決絕覺軍開凱顆殼課墾懇庫塊寬礦況虧擴來藍欄覽勞樂類離裡裏禮歷曆勵麗聯連練鏈糧兩"
    "輛療遼鄰臨靈齡領嶺劉龍樓盧陸錄慮濾綠亂論輪羅絡邏馬碼買賣滿貿麼沒門們夢彌綿廟滅畝納難腦內擬農諾歐盤賠評憑蘋頻貧撲"
    "譜齊騎啟啓氣棄遷簽謙錢淺強搶橋親輕傾慶窮區驅趨權勸確讓擾熱認榮軟銳潤賽傘掃殺紗曬閃陝賞燒紹捨設攝審滲昇陞聲勝聖師"
    "濕時實識適勢釋視試飾壽書屬術樹豎數帥雙誰稅順說碩絲飼訴肅雖隨歲孫損縮鎖臺態貪談壇灘湯濤討騰題體條鐵廳聽統頭圖團託"
    "脫網萬彎圍為爲違維偉衛溫穩問務誤犧習係繫細戲嚇廈鮮閒顯險現線憲縣獻鄉詳響嚮項蕭協脅寫謝興須許續緒選學詢尋訓訊壓亞"
    "嚴硏鹽顏驗陽養樣藥鑰業頁醫儀遺億義藝議憶譯異陰銀飲隱應營贏穎擁優憂郵猶遊魚漁與語預獄譽員園圓遠願約躍閱雲運醞雜災"
    "載暫贊讚臟鑿棗責擇則澤賊贈軋閘債齋戰張漲帳賬趙這針偵陣鎮爭徵證鄭織執職隻祇紙誌製質緻鐘終種眾衆週軸驟諸豬燭貯駐築"
    "鑄轉賺專磚妝裝莊壯狀準濁資綜總縱鑽組陳蘇閩魯粵滬灣雞鴨謀診瘡巖礬鎂鋰鈦鋁銅鋅鈷鎳矽艙鍋爐窯纖紋縫綢嗎豈聞韓頓頂頸"
    "顛飢馳駁駛駿鳥麥齒龜樞欖檻樁棲橢溝淪滄淚灑瀏湧澱淵潰滯潛煉爛煙煥爺牽犢狹獵瓏瓊疇瘋癢盜瞇睜瞞矯礎禱稟穢竅竊籠篩籤"
    "糾紐絆繞纜緩締纏羈翹聳聰腸腫脹輿豔蘆蒼莖蕩蓮蘿蘊虜蟻蠻襲覓譏諱訣詐詩誕誘誼諧謂謹貞賢賴蹺踴輯轄轍邁跡遜遙鬱醬鈍鈔"
    "鉤鈴鉛銘鏟銷錫鍵錨鐫闖悶閣闡闊隕隸霽韌頹飄饋饅驕騙鯨鵬籲攬攜囑於「」『』佔蔘羣峯",
    "爱碍袄罢摆败颁办帮绑宝报备贝笔币闭边编变标别宾补并并布财采参残仓层产长偿厂场畅车彻尘称诚惩迟冲虫筹处触储传创纯词"
    "辞从丛凑错达带单担胆弹当党档导岛灯邓敌递点电垫钉订东动栋冻斗独读赌镀断锻队对吨夺额恶儿发罚阀烦范贩饭访纺飞废费纷"
    "坟奋愤丰风锋凤肤复复负妇赋该盖干干赶冈刚钢纲岗个给巩贡构购够顾关观馆惯贯广规归轨贵柜国过汉号核贺红后护户华画划话"
    "怀坏欢环换还黄汇汇会绘获货祸击机积极级纪计记际继绩济剂夹价驾坚间艰监检简减见荐践鉴舰渐将奖讲浆较胶阶节杰洁结届紧"
    "仅进尽尽劲经惊竞净径镜旧举据剧惧卷决绝觉军开凯颗壳课垦恳库块宽矿况亏扩来蓝栏览劳乐类离里里礼历历励丽联连练链粮两"
    "辆疗辽邻临灵龄领岭刘龙楼卢陆录虑滤绿乱论轮罗络逻马码买卖满贸么没门们梦弥绵庙灭亩纳难脑内拟农诺欧盘赔评凭苹频贫扑"
    "谱齐骑启启气弃迁签谦钱浅强抢桥亲轻倾庆穷区驱趋权劝确让扰热认荣软锐润赛伞扫杀纱晒闪陕赏烧绍舍设摄审渗升升声胜圣师"
    "湿时实识适势释视试饰寿书属术树竖数帅双谁税顺说硕丝饲诉肃虽随岁孙损缩锁台态贪谈坛滩汤涛讨腾题体条铁厅听统头图团托"
    "脱网万弯围为为违维伟卫温稳问务误牺习系系细戏吓厦鲜闲显险现线宪县献乡详响向项萧协胁写谢兴须许续绪选学询寻训讯压亚"
    "严研盐颜验阳养样药钥业页医仪遗亿义艺议忆译异阴银饮隐应营赢颖拥优忧邮犹游鱼渔与语预狱誉员园圆远愿约跃阅云运酝杂灾"
    "载暂赞赞脏凿枣责择则泽贼赠轧闸债斋战张涨帐账赵这针侦阵镇争征证郑织执职只只纸志制质致钟终种众众周轴骤诸猪烛贮驻筑"
    "铸转赚专砖妆装庄壮状准浊资综总纵钻组陈苏闽鲁粤沪湾鸡鸭谋诊疮岩矾镁锂钛铝铜锌钴镍硅舱锅炉窑纤纹缝绸吗岂闻韩顿顶颈"
    "颠饥驰驳驶骏鸟麦齿龟枢榄槛桩栖椭沟沦沧泪洒浏涌淀渊溃滞潜炼烂烟焕爷牵犊狭猎珑琼畴疯痒盗眯睁瞒矫础祷禀秽窍窃笼筛签"
    "纠纽绊绕缆缓缔缠羁翘耸聪肠肿胀舆艳芦苍茎荡莲萝蕴虏蚁蛮袭觅讥讳诀诈诗诞诱谊谐谓谨贞贤赖跷踊辑辖辙迈迹逊遥郁酱钝钞"
    "钩铃铅铭铲销锡键锚镌闯闷阁阐阔陨隶霁韧颓飘馈馒骄骗鲸鹏吁揽携嘱于“”“”占参群峰",
)
_THOUSANDS: Final = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")


def listed(words: str) -> tuple[str, ...]:
    """The words of a list that is written as one text with bars between them."""
    return tuple(words.split("|"))


def fold_shown(text: str) -> str:
    """Full-width digits, letters and signs as half-width; Chinese punctuation stays."""
    return text.translate(_SHOWN)


def fold_read(text: str) -> str:
    """One form of brackets, commas, dashes; simplified keyword characters; `1,500` keeps its comma."""
    folded = text.translate(_SHOWN).translate(_MARKS).translate(_TRADITIONAL)
    return _THOUSANDS.sub(",", folded)
