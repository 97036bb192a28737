"""Simple forms of the traditional characters that owners use, one for one; the language server stands apart and has its own table."""

from __future__ import annotations

_PAIRS = """
    貸贷 經经 營营 業业 稅税 額额 錢钱 還还 麼么 們们 個个 這这 為为 條条 請请 問问 對对 誰谁 幾几 開开 關关 說说 話话
    讓让 給给 從从 來来 時时 間间 國国 銀银 數数 據据 資资 產产 債债 務务 擔担 證证 質质 險险 費费 補补 貼贴 報报 審审
    過过 辦办 點点 電电 號号 圖图 傳传 檔档 剛刚 應应 該该 單单 廠厂 實实 現现 簽签 約约 書书 買买 賣卖 進进 貨货 發发
    員员 會会 嗎吗 歲岁 萬万 億亿 兩两 張张 設设 備备 機机 車车 東东 華华 廣广 灣湾 價价 優优 減减 農农 續续 轉转 換换
    難难 壓压 虧亏 損损 獲获 評评 級级 訂订 閱阅 聯联 絡络 繫系 戶户 帳账 賬账 複复 雜杂 體体 總总 計计 壞坏 騙骗 謝谢
    刪删 導导 語语 聽听 讀读 寫写 訴诉 麗丽 樣样 後后 並并 與与 種种 較较 處处 門门 臺台 網网 無无 沒没 動动 達达
    運运 輸输 飯饭 館馆 錄录 簡简 繼继 確确 認认 錯错 誤误 顧顾 頭头 馬马 選选 擇择 圍围 區区 縣县 場场 養养 豬猪 雞鸡
    魚鱼 鐵铁 專专 創创 潤润 歷历 納纳 繳缴
"""

SIMPLE_FORMS = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
