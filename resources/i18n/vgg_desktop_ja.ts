<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About VGG Desktop</source>
        <translation>VGG Desktop について</translation>
    </message>
    <message>
        <source>Drop a picture on the window and see what a neural network sees in it, on your own computer.</source>
        <translation>ウィンドウに画像をドロップすると、ニューラルネットワークがそこに何を見るかを、お使いのコンピューター上で確かめられます。</translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>データがこのコンピューターの外に出ることはありません</translation>
    </message>
    <message>
        <source>VGG Desktop is free software under the licence {licence}.</source>
        <translation>VGG Desktop は {licence} ライセンスのフリーソフトウェアです。</translation>
    </message>
    <message>
        <source>The icon of VGG Desktop</source>
        <translation>VGG Desktop のアイコン</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>バージョン {version}</translation>
    </message>
    <message>
        <source>Pictures are read and classified here. The app connects to the internet only for what you start: the download of a network, or of a picture from a link.</source>
        <translation>画像の読み込みと分類はこのコンピューターで行われます。インターネットに接続するのは、ユーザーが開始した操作（ネットワークのダウンロード、リンク先の画像の取得）のときだけです。</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>使用ソフトウェア</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>What VGG Desktop is made with</source>
        <translation>VGG Desktop が使用しているソフトウェア</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open pictures…</source>
        <translation>画像を開く(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>フォルダーを開く(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Save results…</source>
        <translation>結果を保存(&amp;S)…</translation>
    </message>
    <message>
        <source>Sort pictures into fol&amp;ders…</source>
        <translation>画像をフォルダーに振り分け(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Copy result</source>
        <translation>結果をコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste picture</source>
        <translation>画像を貼り付け(&amp;P)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>すべて選択(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>絞り込み(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Next picture</source>
        <translation>次の画像(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous picture</source>
        <translation>前の画像(&amp;P)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>拡大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>縮小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation>リストから外す(&amp;R)</translation>
    </message>
    <message>
        <source>C&amp;lear list</source>
        <translation>リストをクリア(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Settings</source>
        <translation>設定(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Fit to view</source>
        <translation>画像全体を表示(&amp;F)</translation>
    </message>
    <message>
        <source>Fu&amp;ll screen</source>
        <translation>全画面表示(&amp;L)</translation>
    </message>
    <message>
        <source>Show what the network &amp;saw</source>
        <translation>ネットワークが見た範囲を表示(&amp;S)</translation>
    </message>
    <message>
        <source>Next &amp;area</source>
        <translation>次の領域(&amp;A)</translation>
    </message>
    <message>
        <source>P&amp;revious area</source>
        <translation>前の領域(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>中止(&amp;T)</translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>再試行(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Networks</source>
        <translation>ネットワークの一覧(&amp;N)</translation>
    </message>
    <message>
        <source>De&amp;vices</source>
        <translation>デバイス(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Import a network…</source>
        <translation>ネットワークをインポート(&amp;I)…</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>フォルダーに表示(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;First steps</source>
        <translation>はじめに(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>キー一覧(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Report a problem…</source>
        <translation>問題を報告(&amp;R)…</translation>
    </message>
    <message>
        <source>Show the &amp;log folder</source>
        <translation>ログフォルダーを表示(&amp;L)</translation>
    </message>
    <message>
        <source>Check for &amp;updates</source>
        <translation>更新を確認(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;About VGG Desktop</source>
        <translation>VGG Desktop について(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>ネットワーク(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>ツール</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <source>These classes do not exclude each other: each has a probability of its own.</source>
        <translation>これらのクラスは互いに排他的ではなく、それぞれに確率があります。</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>{0} of {1} pictures are done; they are kept. Quit now?</source>
        <translation>{1} 枚中 {0} 枚が完了しています。結果は保持されます。今すぐ終了しますか？</translation>
    </message>
    <message>
        <source>{0} of {1} pictures are done; results are not remembered. Quit now?</source>
        <translation>{1} 枚中 {0} 枚が完了しています。結果は記憶されません。今すぐ終了しますか？</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Move the networks</source>
        <translation>ネットワークの移動</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>Move the downloaded networks to {0}?</source>
        <translation>ダウンロード済みのネットワークを {0} に移動しますか?</translation>
    </message>
</context>
<context>
    <name>Bars</name>
    <message>
        <source>Most probable classes</source>
        <translation>確率の高いクラス</translation>
    </message>
    <message>
        <source>Not sure: perhaps {0}</source>
        <translation>不確か: {0} かもしれません</translation>
    </message>
</context>
<context>
    <name>Browser</name>
    <message>
        <source>Filter by name or class</source>
        <translation>名前またはクラスで絞り込み</translation>
    </message>
    <message>
        <source>List</source>
        <translation>リスト</translation>
    </message>
    <message>
        <source>Show as a list</source>
        <translation>リストで表示</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>グリッド</translation>
    </message>
    <message>
        <source>Show as a grid</source>
        <translation>グリッドで表示</translation>
    </message>
    <message>
        <source>No picture matches the filter.</source>
        <translation>条件に一致する画像はありません。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>{0} of {1} shown</source>
        <translation>{1} 枚中 {0} 枚を表示</translation>
    </message>
    <message>
        <source>{0} selected</source>
        <translation>{0} 枚を選択</translation>
    </message>
</context>
<context>
    <name>Chips</name>
    <message>
        <source>All {0}</source>
        <translation>すべて {0}</translation>
    </message>
    <message>
        <source>Done {0}</source>
        <translation>完了 {0}</translation>
    </message>
    <message>
        <source>Unsure {0}</source>
        <translation>不確か {0}</translation>
    </message>
    <message>
        <source>Failed {0}</source>
        <translation>失敗 {0}</translation>
    </message>
    <message>
        <source>Stopped {0}</source>
        <translation>中止 {0}</translation>
    </message>
    <message>
        <source>Waiting {0}</source>
        <translation>待機中 {0}</translation>
    </message>
    <message>
        <source>{0}, show only these</source>
        <translation>{0}、これだけを表示</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>すべて表示</translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation>これだけを表示</translation>
    </message>
    <message>
        <source>Only {0}, show all classes</source>
        <translation>{0} のみ、すべてのクラスを表示</translation>
    </message>
    <message>
        <source>Show all classes</source>
        <translation>すべてのクラスを表示</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>VGG Desktop</source>
        <translation>VGG Desktop</translation>
    </message>
    <message>
        <source>The log is in {folder}</source>
        <translation>ログの場所: {folder}</translation>
    </message>
    <message numerus="yes">
        <source>It has happened %n more time(s) since.</source>
        <translation>
            <numerusform>その後さらに %n 回発生しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>ログフォルダーを開く</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>VGG Desktop closed unexpectedly last time</source>
        <translation>VGG Desktop は前回、予期せず終了しました</translation>
    </message>
    <message>
        <source>It crashed, perhaps in the graphics driver. Your pictures and networks are not affected. Please send us the details so we can fix it; nothing is sent automatically.</source>
        <translation>クラッシュしました。グラフィックスドライバーが原因の可能性があります。画像とネットワークに影響はありません。修正できるよう、詳細をお送りください。自動的に送信されることはありません。</translation>
    </message>
</context>
<context>
    <name>DeviceCard</name>
    <message>
        <source>Test again</source>
        <translation>再テスト</translation>
    </message>
    <message>
        <source>Test {device} again</source>
        <translation>{device} を再テスト</translation>
    </message>
    <message>
        <source>Unavailable: {reason}</source>
        <translation>使用できません: {reason}</translation>
    </message>
    <message>
        <source>Not used: it failed its self-test</source>
        <translation>不使用: セルフテスト不合格</translation>
    </message>
    <message>
        <source>Available for some networks</source>
        <translation>一部のネットワークで使用できます</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>使用できます</translation>
    </message>
    <message>
        <source>reference for the other devices</source>
        <translation>ほかのデバイスの比較基準</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>driver {version}</source>
        <translation>ドライバー {version}</translation>
    </message>
    <message numerus="yes">
        <source>%n self-test(s) passed</source>
        <translation>
            <numerusform>セルフテスト %n 件に合格</numerusform>
        </translation>
    </message>
    <message>
        <source>not tested yet</source>
        <translation>未テスト</translation>
    </message>
</context>
<context>
    <name>DeviceChip</name>
    <message>
        <source>&amp;Device</source>
        <translation>デバイス(&amp;D)</translation>
    </message>
    <message>
        <source>Auto: {0}</source>
        <translation>自動: {0}</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Testing {0}…</source>
        <translation>{0} をテスト中…</translation>
    </message>
    <message>
        <source>Running on {0}</source>
        <translation>{0} で実行中</translation>
    </message>
    <message>
        <source>First use: checking this device (a few seconds).</source>
        <translation>初回使用のため、デバイスを確認しています（数秒かかります）。</translation>
    </message>
    <message>
        <source>Running on {0}. Other devices are unavailable: {1}.</source>
        <translation>{0} で実行中。ほかのデバイスは使用できません: {1}。</translation>
    </message>
    <message>
        <source>Device: {0}</source>
        <translation>デバイス: {0}</translation>
    </message>
    <message>
        <source>Warning: {0}</source>
        <translation>警告: {0}</translation>
    </message>
    <message>
        <source>Auto (the fastest that passes its test)</source>
        <translation>自動（テストに合格した中で最速のもの）</translation>
    </message>
    <message>
        <source>{0} – {1}</source>
        <translation>{0} – {1}</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Looking for other devices…</source>
        <translation>ほかのデバイスを探しています…</translation>
    </message>
    <message>
        <source>No other device: {0}</source>
        <translation>ほかのデバイスなし: {0}</translation>
    </message>
    <message>
        <source>&amp;Test again</source>
        <translation>もう一度テスト(&amp;T)</translation>
    </message>
    <message>
        <source>De&amp;vices</source>
        <translation>デバイス(&amp;V)</translation>
    </message>
</context>
<context>
    <name>DeviceChoice</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>Exact</source>
        <translation>厳密</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>高速</translation>
    </message>
    <message>
        <source>{rate} /s</source>
        <translation>{rate} 枚/秒</translation>
    </message>
    <message>
        <source>one picture {median} ms, 95 % within {p95} ms</source>
        <translation>1 枚 {median} ms、95 % は {p95} ms 以内</translation>
    </message>
    <message>
        <source>fastest with {count} at once</source>
        <translation>{count} 枚同時が最速</translation>
    </message>
    <message>
        <source>loaded in {load} ms</source>
        <translation>読み込み {load} ms</translation>
    </message>
    <message>
        <source>not used: {reason}</source>
        <translation>不使用: {reason}</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>未測定</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>{rate} pictures per second</source>
        <translation>1 秒あたり {rate} 枚</translation>
    </message>
    <message>
        <source>fastest one at a time</source>
        <translation>1 枚ずつが最速</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>メモリ {size}</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>比較基準</translation>
    </message>
    <message>
        <source>same class as the CPU on {same} of {pictures} pictures, probabilities differ by at most {difference}</source>
        <translation>{pictures} 枚中 {same} 枚で CPU と同じクラス、確率の差は最大 {difference}</translation>
    </message>
    <message>
        <source>Pictures per second</source>
        <translation>1 秒あたりの枚数</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>バッチサイズ</translation>
    </message>
    <message>
        <source>Loading (ms)</source>
        <translation>読み込み (ms)</translation>
    </message>
    <message>
        <source>Median of one picture (ms)</source>
        <translation>1 枚の中央値 (ms)</translation>
    </message>
    <message>
        <source>95th percentile (ms)</source>
        <translation>95 パーセンタイル (ms)</translation>
    </message>
    <message>
        <source>Memory (MB)</source>
        <translation>メモリ (MB)</translation>
    </message>
    <message>
        <source>Same class as the CPU (%)</source>
        <translation>CPU と同じクラス (%)</translation>
    </message>
    <message>
        <source>Largest difference of a probability (%)</source>
        <translation>確率の最大の差 (%)</translation>
    </message>
    <message>
        <source>Measured (UTC)</source>
        <translation>測定日時 (UTC)</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止しています…</translation>
    </message>
    <message>
        <source>Testing again…</source>
        <translation>再テストしています…</translation>
    </message>
    <message>
        <source>Waiting for the pictures being classified…</source>
        <translation>分類中の画像を待っています…</translation>
    </message>
    <message>
        <source>{percent}: {network}, {device}, {precision}</source>
        <translation>{percent}: {network}、{device}、{precision}</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Devices</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>Which devices can run networks on this computer, how fast they are, and whether their results are correct. Every device is checked against the CPU before its first use.</source>
        <translation>このコンピューターでネットワークを実行できるデバイスと、その速度、結果が正しいかどうかです。どのデバイスも、最初に使う前に CPU の結果と比較されます。</translation>
    </message>
    <message>
        <source>What to measure</source>
        <translation>測定の対象</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>測定</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>表としてコピー</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>診断情報をコピー</translation>
    </message>
    <message>
        <source>Looking for the devices…</source>
        <translation>デバイスを探しています…</translation>
    </message>
    <message>
        <source>No network is installed yet. Download or import one to measure it.</source>
        <translation>ネットワークがまだインストールされていません。測定するには、ダウンロードまたはインポートしてください。</translation>
    </message>
    <message>
        <source>Nothing has been measured yet. Measuring takes up to half a minute per line below; no pictures are classified meanwhile.</source>
        <translation>まだ何も測定されていません。測定には下の 1 行につき最大 30 秒ほどかかり、その間は画像が分類されません。</translation>
    </message>
    <message>
        <source>All installed</source>
        <translation>インストール済みのすべて</translation>
    </message>
    <message>
        <source>{network} is running on {device}.</source>
        <translation>{network} を実行中のデバイス: {device}。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>What a drop would do</source>
        <translation>ドロップした場合の動作</translation>
    </message>
</context>
<context>
    <name>ErrorPanel</name>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>リストから外す</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>That did not work</source>
        <translation>操作に失敗しました</translation>
    </message>
    <message>
        <source>That did not work.</source>
        <translation>操作に失敗しました。</translation>
    </message>
    <message>
        <source>The download failed</source>
        <translation>ダウンロードに失敗しました</translation>
    </message>
    <message>
        <source>The download from {url} failed: {reason}. What has arrived is kept. Check the connection and try again.</source>
        <translation>{url} からのダウンロードに失敗しました: {reason}。受信済みの部分は保持されます。接続を確認して、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The server does not offer the file</source>
        <translation>サーバーからファイルを取得できません</translation>
    </message>
    <message>
        <source>{url} answered {status} instead of the file. Try again later, or download the file with a browser and import it.</source>
        <translation>{url} はファイルの代わりに {status} を返しました。しばらくしてからもう一度試すか、ブラウザーでファイルをダウンロードしてインポートしてください。</translation>
    </message>
    <message>
        <source>This is not a network</source>
        <translation>これはネットワークではありません</translation>
    </message>
    <message>
        <source>{source} is not a network but {found}. Download the file itself and try again.</source>
        <translation>{source} はネットワークではなく、{found}です。ファイル自体をダウンロードして、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Downloads are switched off</source>
        <translation>ダウンロードは無効です</translation>
    </message>
    <message>
        <source>{name} is not downloaded: your administrator has switched this off. Its file can be imported.</source>
        <translation>{name} はダウンロードされません。管理者が無効にしています。ファイルからの取り込みはできます。</translation>
    </message>
    <message>
        <source>The file is damaged or not the published one</source>
        <translation>ファイルが破損しているか、公開されたものと異なります</translation>
    </message>
    <message>
        <source>{source} is damaged or not the published file: expected {expected}, found {actual}. It is not used; download it again.</source>
        <translation>{source} は破損しているか、公開されたファイルと異なります（期待値: {expected}、実際: {actual}）。このファイルは使用されません。もう一度ダウンロードしてください。</translation>
    </message>
    <message>
        <source>A file could not be read or written</source>
        <translation>ファイルの読み書きができませんでした</translation>
    </message>
    <message>
        <source>{path} could not be read or written: {reason}.</source>
        <translation>{path} の読み書きができませんでした: {reason}。</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}. Correct the file.</source>
        <translation>{path} は使用できません: {reason}。ファイルを修正してください。</translation>
    </message>
    <message>
        <source>There is no such network</source>
        <translation>そのネットワークはありません</translation>
    </message>
    <message>
        <source>There is no network called {id}. Known: {known}.</source>
        <translation>{id} という名前のネットワークはありません。使用できるもの: {known}。</translation>
    </message>
    <message>
        <source>The network is not on this computer</source>
        <translation>ネットワークがこのコンピューターにありません</translation>
    </message>
    <message>
        <source>{name} is not on this computer yet. Download it first.</source>
        <translation>{name} はまだこのコンピューターにありません。先にダウンロードしてください。</translation>
    </message>
    <message>
        <source>The network cannot be used</source>
        <translation>このネットワークは使用できません</translation>
    </message>
    <message>
        <source>{path} cannot be used as a network: {reason}.</source>
        <translation>{path} はネットワークとして使用できません: {reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be used in its fast form: {reason}.</source>
        <translation>{name} の高速版は使用できません: {reason}。</translation>
    </message>
    <message>
        <source>The network cannot be used in this form</source>
        <translation>この形式ではネットワークを使用できません</translation>
    </message>
    <message>
        <source>{name} cannot be used in the form {form}: {reason}.</source>
        <translation>{name} は {form} の形式では使用できません: {reason}。</translation>
    </message>
    <message>
        <source>This device cannot be used</source>
        <translation>このデバイスは使用できません</translation>
    </message>
    <message>
        <source>The device {id} cannot be used: {reason}. Available: {offered}.</source>
        <translation>デバイス {id} は使用できません: {reason}。使用できるもの: {offered}。</translation>
    </message>
    <message>
        <source>The networks cannot be run</source>
        <translation>ネットワークを実行できません</translation>
    </message>
    <message>
        <source>onnxruntime cannot be used: {reason}. Uninstall every build of it and install one again.</source>
        <translation>onnxruntime を使用できません: {reason}。すべてのビルドをアンインストールし、一つだけ入れ直してください。</translation>
    </message>
    <message>
        <source>The device is not used</source>
        <translation>デバイスは使用されません</translation>
    </message>
    <message>
        <source>{device} is not used: {reason}. Choose another device, or let the app choose.</source>
        <translation>{device} は使用されません: {reason}。別のデバイスを選ぶか、自動選択にしてください。</translation>
    </message>
    <message>
        <source>The network needs more details</source>
        <translation>ネットワークの情報が不足しています</translation>
    </message>
    <message>
        <source>{path} needs more before it can be used: {reason}.</source>
        <translation>{path} を使用するには追加の情報が必要です: {reason}。</translation>
    </message>
    <message>
        <source>A library of the system is missing</source>
        <translation>システムのライブラリがありません</translation>
    </message>
    <message>
        <source>The picture could not be read</source>
        <translation>画像を読み込めませんでした</translation>
    </message>
    <message>
        <source>{path} could not be read: {reason}.</source>
        <translation>{path} を読み込めませんでした: {reason}。</translation>
    </message>
    <message>
        <source>The picture is too large</source>
        <translation>画像が大きすぎます</translation>
    </message>
    <message>
        <source>{path} cannot be used to evaluate a network: {reason}. Choose a folder with one sub-folder per class, named by WordNet id, by index or by name.</source>
        <translation>{path} はネットワークの評価に使えません: {reason}。クラスごとに 1 つのサブフォルダーがあり、その名前が WordNet ID、番号、またはクラス名であるフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>The picture could not be fetched</source>
        <translation>画像を取得できませんでした</translation>
    </message>
    <message>
        <source>Fetching {url} failed: {reason}. Check the link, or save the picture and open the file.</source>
        <translation>{url} を取得できませんでした: {reason}。リンクを確認するか、画像を保存してからファイルを開いてください。</translation>
    </message>
    <message>
        <source>Your administrator&apos;s settings cannot be used</source>
        <translation>管理者の設定を使用できません</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}. Until it is corrected, links, downloads, updates and history are off.</source>
        <translation>{path} を使用できません: {reason}。修正されるまで、リンク、ダウンロード、更新、履歴は無効です。</translation>
    </message>
    <message>
        <source>Results are not remembered</source>
        <translation>結果は記憶されません</translation>
    </message>
    <message>
        <source>{path} cannot be used: {reason}. What is computed now is shown, but not remembered.</source>
        <translation>{path} を使用できません：{reason}。これから計算される結果は表示されますが、記憶されません。</translation>
    </message>
    <message>
        <source>There is no display</source>
        <translation>画面がありません</translation>
    </message>
    <message>
        <source>There is no home folder</source>
        <translation>ホームフォルダーがありません</translation>
    </message>
    <message>
        <source>There is no home folder for the files of the app (HOME is not set). Set the environment variable VGG_DESKTOP_HOME to a folder that may be written to.</source>
        <translation>アプリのファイルを置くホームフォルダーがありません(HOME が設定されていません)。環境変数 VGG_DESKTOP_HOME に書き込み可能なフォルダーを設定してください。</translation>
    </message>
    <message>
        <source>permission was denied</source>
        <translation>アクセス許可がありません</translation>
    </message>
    <message>
        <source>the operation is not permitted</source>
        <translation>許可されていない操作です</translation>
    </message>
    <message>
        <source>it is in use by another program; close that and try again</source>
        <translation>ほかのプログラムが使用中です。そのプログラムを閉じてから、もう一度試してください</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>ファイルまたはフォルダーがありません</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>フォルダーです</translation>
    </message>
    <message>
        <source>part of its path is not a folder</source>
        <translation>パスの一部がフォルダーではありません</translation>
    </message>
    <message>
        <source>a file of this name exists already</source>
        <translation>同じ名前のファイルが既に存在します</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>名前が長すぎます</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>ディスクに空き容量がありません</translation>
    </message>
    <message>
        <source>your quota on this disk is used up</source>
        <translation>ディスクの割り当て容量を使い切りました</translation>
    </message>
    <message>
        <source>the disk reports an input/output error</source>
        <translation>ディスクで入出力エラーが発生しました</translation>
    </message>
    <message>
        <source>too many files are open</source>
        <translation>開いているファイルが多すぎます</translation>
    </message>
    <message>
        <source>the disk did not answer in time</source>
        <translation>ディスクから時間内に応答がありませんでした</translation>
    </message>
    <message>
        <source>the network drive has changed or was disconnected</source>
        <translation>ネットワークドライブが変更されたか、切断されました</translation>
    </message>
    <message>
        <source>the system says: {text}</source>
        <translation>システムからのメッセージ: {text}</translation>
    </message>
    <message>
        <source>the system does not say why</source>
        <translation>システムは理由を示していません</translation>
    </message>
    <message>
        <source>{text}</source>
        <translation>{text}</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>ファイルが空です</translation>
    </message>
    <message>
        <source>it has {size}; the limit is {limit}</source>
        <translation>サイズは {size} ですが、上限は {limit} です</translation>
    </message>
    <message>
        <source>it is {found}, not a picture of a supported kind ({kinds})</source>
        <translation>{found}であり、対応している形式の画像（{kinds}）ではありません</translation>
    </message>
    <message>
        <source>it is not a picture of a supported kind ({kinds})</source>
        <translation>対応している形式の画像（{kinds}）ではありません</translation>
    </message>
    <message>
        <source>{kind} pictures cannot be decoded on this system; save it as JPEG and try again</source>
        <translation>このシステムでは {kind} 画像をデコードできません。JPEG で保存して、もう一度お試しください</translation>
    </message>
    <message>
        <source>it has more pixels than are safe to decode</source>
        <translation>安全にデコードできるピクセル数を超えています</translation>
    </message>
    <message>
        <source>it has {width} x {height} pixels; no side may have more than {limit}</source>
        <translation>{width} × {height} ピクセルですが、1 辺の上限は {limit} ピクセルです</translation>
    </message>
    <message>
        <source>there is not enough memory to decode it</source>
        <translation>デコードに必要なメモリが足りません</translation>
    </message>
    <message>
        <source>it takes more than {seconds} seconds to decode</source>
        <translation>デコードに {seconds} 秒より長くかかります</translation>
    </message>
    <message>
        <source>its text or colour profile is too large to unpack</source>
        <translation>含まれているテキストまたはカラープロファイルが大きすぎて展開できません</translation>
    </message>
    <message>
        <source>it is damaged, or of a rare variant that is not supported</source>
        <translation>破損しているか、対応していない特殊な形式です</translation>
    </message>
    <message>
        <source>it is cut off after about {percent} %</source>
        <translation>約 {percent}&#xa0;% のところで途切れています</translation>
    </message>
    <message>
        <source>it is cut off</source>
        <translation>途中で途切れています</translation>
    </message>
    <message>
        <source>it has several pages, and only the first one is used</source>
        <translation>複数のページがあり、最初のページだけが使われます</translation>
    </message>
    <message>
        <source>it contains several pictures, and only the main one is used</source>
        <translation>複数の画像が含まれており、メインの画像だけが使われます</translation>
    </message>
    <message>
        <source>it is very large, and is decoded at a part of its size</source>
        <translation>非常に大きいため、縮小してデコードします</translation>
    </message>
    <message>
        <source>it is an animation, and only one frame is used</source>
        <translation>アニメーションのため、1 フレームだけが使われます</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>PDF 文書</translation>
    </message>
    <message>
        <source>an archive or an office document</source>
        <translation>アーカイブまたは Office 文書</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>JPEG XL 画像</translation>
    </message>
    <message>
        <source>a camera raw file</source>
        <translation>カメラの RAW ファイル</translation>
    </message>
    <message>
        <source>a Photoshop document</source>
        <translation>Photoshop 文書</translation>
    </message>
    <message>
        <source>an icon</source>
        <translation>アイコン</translation>
    </message>
    <message>
        <source>a PostScript document</source>
        <translation>PostScript 文書</translation>
    </message>
    <message>
        <source>a video or a picture of another kind</source>
        <translation>動画または別の形式の画像</translation>
    </message>
    <message>
        <source>a web page</source>
        <translation>Web ページ</translation>
    </message>
    <message>
        <source>an SVG drawing</source>
        <translation>SVG 画像</translation>
    </message>
    <message>
        <source>a Git LFS pointer</source>
        <translation>Git LFS ポインター</translation>
    </message>
    <message>
        <source>an error message of the server</source>
        <translation>サーバーのエラーメッセージ</translation>
    </message>
    <message>
        <source>an XML document</source>
        <translation>XML 文書</translation>
    </message>
    <message>
        <source>a JSON document</source>
        <translation>JSON 文書</translation>
    </message>
    <message>
        <source>the server refused the connection</source>
        <translation>サーバーが接続を拒否しました</translation>
    </message>
    <message>
        <source>the server&apos;s name was not found, perhaps because there is no connection</source>
        <translation>サーバー名が見つかりません。接続がない可能性があります</translation>
    </message>
    <message>
        <source>the server did not answer in time</source>
        <translation>サーバーから時間内に応答がありませんでした</translation>
    </message>
    <message>
        <source>the network connection was lost</source>
        <translation>インターネット接続が失われました</translation>
    </message>
    <message>
        <source>there is no network connection</source>
        <translation>インターネットに接続されていません</translation>
    </message>
    <message>
        <source>the server redirects in a circle</source>
        <translation>サーバーの転送が循環しています</translation>
    </message>
    <message>
        <source>the server redirects to an address without encryption</source>
        <translation>サーバーが暗号化されていないアドレスに転送しました</translation>
    </message>
    <message>
        <source>the proxy refused the connection</source>
        <translation>プロキシが接続を拒否しました</translation>
    </message>
    <message>
        <source>the proxy closed the connection</source>
        <translation>プロキシが接続を閉じました</translation>
    </message>
    <message>
        <source>the proxy&apos;s name was not found</source>
        <translation>プロキシ名が見つかりません</translation>
    </message>
    <message>
        <source>the proxy did not answer in time</source>
        <translation>プロキシから時間内に応答がありませんでした</translation>
    </message>
    <message>
        <source>the proxy requires a user name and a password</source>
        <translation>プロキシがユーザー名とパスワードを要求しています</translation>
    </message>
    <message>
        <source>the address begins neither with https:// nor with http://</source>
        <translation>アドレスが https:// または http:// で始まっていません</translation>
    </message>
    <message>
        <source>the server&apos;s answer could not be understood</source>
        <translation>サーバーの応答を解釈できませんでした</translation>
    </message>
    <message>
        <source>the server&apos;s certificate is not trusted here ({text})</source>
        <translation>サーバーの証明書が信頼されていません（{text}）</translation>
    </message>
    <message>
        <source>nothing arrived for {seconds} seconds</source>
        <translation>{seconds} 秒間、何も受信しませんでした</translation>
    </message>
    <message>
        <source>it sends less than {speed} per second</source>
        <translation>受信速度が毎秒 {speed} を下回っています</translation>
    </message>
    <message>
        <source>the server answered {status}</source>
        <translation>サーバーの応答: {status}</translation>
    </message>
    <message>
        <source>the server sent the file compressed ({encoding}), which was not requested</source>
        <translation>サーバーが要求していない圧縮形式（{encoding}）でファイルを送信しました</translation>
    </message>
    <message>
        <source>the server sent a different part of the file than was requested</source>
        <translation>サーバーが要求と異なる部分を送信しました</translation>
    </message>
    <message>
        <source>the server sent nothing</source>
        <translation>サーバーから何も送信されませんでした</translation>
    </message>
    <message>
        <source>it has more than {limit}</source>
        <translation>サイズが {limit} を超えています</translation>
    </message>
    <message>
        <source>the answer is not what was expected</source>
        <translation>応答が想定と異なります</translation>
    </message>
    <message>
        <source>your administrator has switched this off</source>
        <translation>管理者が無効にしています</translation>
    </message>
    <message>
        <source>it is {found}, not a picture</source>
        <translation>画像ではなく、{found}です</translation>
    </message>
    <message>
        <source>it is not a picture of a supported kind</source>
        <translation>対応している形式の画像ではありません</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} バイト</translation>
    </message>
    <message>
        <source>SHA-256 {digest}</source>
        <translation>SHA-256 {digest}</translation>
    </message>
    <message>
        <source>a different one (the file changed meanwhile)</source>
        <translation>別の値（その間にファイルが変更されました）</translation>
    </message>
    <message>
        <source>it has {count} outputs, and none of them is one row of numbers for each picture</source>
        <translation>出力が {count} 個ありますが、画像ごとに 1 行の数値になるものがありません</translation>
    </message>
    <message>
        <source>its input is {type}; floating-point numbers or bytes would work</source>
        <translation>入力は {type} です。浮動小数点数かバイトなら使えます</translation>
    </message>
    <message>
        <source>its input has {count} channels; a picture has three, or one in grey</source>
        <translation>入力は {count} チャンネルです。画像は 3 チャンネル、グレーなら 1 チャンネルです</translation>
    </message>
    <message>
        <source>it is {title}, which the app knows: its own id, labels and preprocessing are used</source>
        <translation>これはアプリが知っている {title} です。その ID、ラベル、前処理を使います</translation>
    </message>
    <message>
        <source>its input is {width} x {height} pixels, and `crop` says {crop}</source>
        <translation>入力は {width} x {height} ピクセルですが、`crop` は {crop} です</translation>
    </message>
    <message>
        <source>its input has {count} channels, and `channels` says {channels}</source>
        <translation>入力は {count} チャンネルですが、`channels` は {channels} です</translation>
    </message>
    <message>
        <source>its input is a row of {count} numbers; preprocessing with the height and width is needed</source>
        <translation>入力は {count} 個の数値の列です。高さと幅を指定した前処理が必要です</translation>
    </message>
    <message>
        <source>its input is a row of {count} numbers, and preprocessing makes {shape}</source>
        <translation>入力は {count} 個の数値の列ですが、前処理の結果は {shape} です</translation>
    </message>
    <message>
        <source>its input takes whole numbers from 0 to 255; `scale` must be 1, without `mean` and `std`</source>
        <translation>入力は 0 から 255 の整数です。`scale` は 1 とし、`mean` と `std` は指定できません</translation>
    </message>
    <message>
        <source>its classes are not ImageNet&apos;s; to find its preprocessing, a folder of pictures with one sub-folder per class is needed</source>
        <translation>クラスが ImageNet のものではありません。前処理を見つけるには、クラスごとのサブフォルダーを持つ画像フォルダーが必要です</translation>
    </message>
    <message>
        <source>it has {classes} classes, and the labels name {labels}</source>
        <translation>クラスは {classes} 個ですが、ラベルは {labels} 個です</translation>
    </message>
    <message>
        <source>its outputs are {found}, and not {said} as `outputs` says</source>
        <translation>出力は {found} であり、`outputs` の {said} ではありません</translation>
    </message>
    <message>
        <source>its colour channels are last</source>
        <translation>カラーチャンネルは最後の次元です</translation>
    </message>
    <message>
        <source>it takes grey pictures</source>
        <translation>グレー画像を受け取ります</translation>
    </message>
    <message>
        <source>it takes bytes, from 0 to 255</source>
        <translation>0 から 255 のバイトを受け取ります</translation>
    </message>
    <message>
        <source>it computes in double precision, and runs in single precision</source>
        <translation>倍精度のネットワークですが、単精度で動かします</translation>
    </message>
    <message>
        <source>of its {count} outputs, {name} is used</source>
        <translation>{count} 個の出力のうち {name} を使います</translation>
    </message>
    <message>
        <source>its outputs are percent</source>
        <translation>出力はパーセントです</translation>
    </message>
    <message>
        <source>its classes do not exclude each other: each has a probability of its own</source>
        <translation>クラスは互いに排他的ではなく、それぞれに確率があります</translation>
    </message>
    <message>
        <source>its one output is the probability of the second class</source>
        <translation>唯一の出力は 2 番目のクラスの確率です</translation>
    </message>
    <message>
        <source>its first class is taken for the background, followed by ImageNet&apos;s 1000</source>
        <translation>最初のクラスは背景、続く 1000 クラスは ImageNet のものとします</translation>
    </message>
    <message>
        <source>its labels are taken from {file}</source>
        <translation>ラベルは {file} から取りました</translation>
    </message>
    <message>
        <source>its preprocessing is taken from {file}</source>
        <translation>前処理は {file} から取りました</translation>
    </message>
    <message>
        <source>it has 1000 classes, which are taken for ImageNet&apos;s</source>
        <translation>1000 クラスあり、ImageNet のものとみなします</translation>
    </message>
    <message>
        <source>the archive is damaged or cut off</source>
        <translation>アーカイブが壊れているか、途中で切れています</translation>
    </message>
    <message>
        <source>the archive is empty</source>
        <translation>アーカイブが空です</translation>
    </message>
    <message>
        <source>the archive has a password; unpack it and import the ONNX file</source>
        <translation>アーカイブにパスワードがかかっています。展開して ONNX ファイルをインポートしてください</translation>
    </message>
    <message>
        <source>the archive is compressed in a rare way; unpack it and import the ONNX file</source>
        <translation>アーカイブが珍しい方法で圧縮されています。展開して ONNX ファイルをインポートしてください</translation>
    </message>
    <message>
        <source>the archive holds a file whose name is unsafe: {name}</source>
        <translation>アーカイブに安全でない名前のファイルがあります: {name}</translation>
    </message>
    <message>
        <source>the archive holds a link: {name}</source>
        <translation>アーカイブにリンクがあります: {name}</translation>
    </message>
    <message>
        <source>the archive holds more than {limit} files; unpack it and import the ONNX file</source>
        <translation>アーカイブに {limit} を超えるファイルがあります。展開して ONNX ファイルをインポートしてください</translation>
    </message>
    <message>
        <source>the archive unpacks to {size}; the limit is {limit}</source>
        <translation>アーカイブは展開すると {size} になります。上限は {limit} です</translation>
    </message>
    <message>
        <source>the archive holds several ONNX files ({names}); unpack it and import one of them</source>
        <translation>アーカイブに複数の ONNX ファイルがあります（{names}）。展開してそのうちの 1 つをインポートしてください</translation>
    </message>
    <message>
        <source>the archive holds a network of {program} ({name}) and no ONNX file; {converter} can make one from it</source>
        <translation>アーカイブにあるのは {program} のネットワーク（{name}）で、ONNX ファイルはありません。{converter} で ONNX ファイルを作れます</translation>
    </message>
    <message>
        <source>the archive holds no ONNX file, but {names}</source>
        <translation>アーカイブに ONNX ファイルはなく、{names} があります</translation>
    </message>
    <message>
        <source>{values}, channels {channels}; {geometry}, {interpolation} interpolation</source>
        <translation>{values}、チャンネル {channels}、{geometry}、補間 {interpolation}</translation>
    </message>
    <message>
        <source>resized to cover {resize} and cropped to {crop}</source>
        <translation>{resize} を覆うように拡大縮小し、{crop} に切り抜き</translation>
    </message>
    <message>
        <source>squashed to {resize} and cropped to {crop}</source>
        <translation>縦横比を無視して {resize} にし、{crop} に切り抜き</translation>
    </message>
    <message>
        <source>the mean and standard deviation of ImageNet</source>
        <translation>ImageNet の平均と標準偏差</translation>
    </message>
    <message>
        <source>values from -1 to 1</source>
        <translation>-1 から 1 までの値</translation>
    </message>
    <message>
        <source>values from 0 to 1</source>
        <translation>0 から 1 までの値</translation>
    </message>
    <message>
        <source>values from 0 to 255</source>
        <translation>0 から 255 までの値</translation>
    </message>
    <message>
        <source>values up to 255 less the mean of ImageNet</source>
        <translation>255 までの値から ImageNet の平均を引いた値</translation>
    </message>
    <message>
        <source>values less 127, divided by 128</source>
        <translation>127 を引いて 128 で割った値</translation>
    </message>
    <message>
        <source>values divided by {scale}, less {mean}, divided by {std}</source>
        <translation>{scale} で割り、{mean} を引き、{std} で割った値</translation>
    </message>
    <message>
        <source>its preprocessing fits: right on {right} of {count} known pictures, with {percent} % for the right class on average</source>
        <translation>前処理は合っています：既知の画像 {count} 枚中 {right} 枚が正解で、正しいクラスの確率は平均 {percent} % です</translation>
    </message>
    <message>
        <source>another preprocessing fits better: right on {right} of {count} known pictures, with {percent} % for the right class on average, and the one in use on {usual}, with {usual_percent} %; the better one is: {preprocessing}</source>
        <translation>別の前処理のほうが合っています：既知の画像 {count} 枚中 {right} 枚が正解で、正しいクラスの確率は平均 {percent} %（使用中の前処理では {usual} 枚、{usual_percent} %）。合う前処理：{preprocessing}</translation>
    </message>
    <message>
        <source>a better preprocessing was found by trial: right on {right} of {count} known pictures, with {percent} % for the right class on average, and the usual one on {usual}, with {usual_percent} %; it is: {preprocessing}</source>
        <translation>試行により合う前処理が見つかりました：既知の画像 {count} 枚中 {right} 枚が正解で、正しいクラスの確率は平均 {percent} %（通常の前処理では {usual} 枚、{usual_percent} %）。前処理：{preprocessing}</translation>
    </message>
    <message>
        <source>no usual preprocessing fits: right on {right} of {count} known pictures at best</source>
        <translation>合う一般的な前処理がありません：最良でも既知の画像 {count} 枚中 {right} 枚が正解です</translation>
    </message>
    <message>
        <source>its driver stopped or was restarted ({code})</source>
        <translation>ドライバーが停止したか再起動されました（{code}）</translation>
    </message>
    <message>
        <source>its driver stopped or was restarted earlier; start the program again to use it</source>
        <translation>ドライバーが先ほど停止したか再起動されました。使うにはプログラムを再起動してください</translation>
    </message>
    <message>
        <source>there is not enough memory on it for this network</source>
        <translation>このネットワークに必要なメモリーが足りません</translation>
    </message>
    <message>
        <source>your administrator has chosen another device</source>
        <translation>管理者が別のデバイスを選んでいます</translation>
    </message>
    <message>
        <source>the network is in a shared folder, which is only read</source>
        <translation>ネットワークは読み取り専用の共有フォルダーにあります</translation>
    </message>
    <message>
        <source>`{key}` must be a number, or one number for each channel</source>
        <translation>`{key}` は 1 つの数値か、チャンネルごとの数値でなければなりません</translation>
    </message>
    <message>
        <source>it was written by a newer version of VGG Desktop</source>
        <translation>より新しいバージョンの VGG Desktop で書き込まれています</translation>
    </message>
    <message>
        <source>There is not enough space on the disk</source>
        <translation>ディスクの空き容量が足りません</translation>
    </message>
    <message>
        <source>{path} needs {needed} more, but the disk has only {free} free. Free some space, or choose another folder, and try again.</source>
        <translation>{path} にはあと {needed} 必要ですが、ディスクの空きは {free} しかありません。空きを増やすか、別のフォルダーを選んで、もう一度お試しください。</translation>
    </message>
    <message>
        <source>Another operation is in progress</source>
        <translation>別の処理が進行中です</translation>
    </message>
    <message>
        <source>A file that describes networks is invalid</source>
        <translation>ネットワークの情報ファイルに誤りがあります</translation>
    </message>
    <message>
        <source>Fast is not available for this network</source>
        <translation>このネットワークには高速版がありません</translation>
    </message>
    <message>
        <source>Nothing can be downloaded, for a library of the system is missing: {name}. Install it and try again (libgssapi_krb5 is in the package libgssapi-krb5-2 of Debian and Ubuntu).</source>
        <translation>システムのライブラリがないため、ダウンロードできません: {name}。インストールしてからもう一度お試しください(libgssapi_krb5 は Debian と Ubuntu ではパッケージ libgssapi-krb5-2 に含まれます)。</translation>
    </message>
    <message>
        <source>{path} has {width} x {height} pixels ({megapixels} megapixels); the limit is {limit}. Make a smaller copy and try again.</source>
        <translation>{path} は {width} × {height} ピクセル（{megapixels} メガピクセル）です。上限は {limit} メガピクセルです。小さいコピーを作って、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The folder has no sub-folders per class</source>
        <translation>フォルダーがクラスごとに分けられていません</translation>
    </message>
    <message>
        <source>The check for updates failed</source>
        <translation>更新を確認できませんでした</translation>
    </message>
    <message>
        <source>Checking {url} for updates failed: {reason}. Try again later.</source>
        <translation>{url} で更新を確認できませんでした: {reason}。後でもう一度お試しください。</translation>
    </message>
    <message>
        <source>There is no display to open a window on. Without one, use: vgg-desktop classify PICTURE</source>
        <translation>ウィンドウを開く画面がありません。画面なしで使うには：vgg-desktop classify 画像</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>ディスクが読み取り専用です</translation>
    </message>
    <message>
        <source>this name is not allowed for a file</source>
        <translation>ファイル名として使用できない名前です</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>通常のファイルではありません</translation>
    </message>
    <message>
        <source>the connection was interrupted</source>
        <translation>接続が切断されました</translation>
    </message>
    <message>
        <source>{reason}; attempt {attempt} of {attempts} at {host} in {seconds} s</source>
        <translation>{reason}（{seconds} 秒後に {host} へ {attempt}/{attempts} 回目の試行）</translation>
    </message>
    <message>
        <source>the checksum is wrong</source>
        <translation>チェックサムが一致しません</translation>
    </message>
    <message>
        <source>the checksum is wrong; trying {host} once more, from the start</source>
        <translation>チェックサムが一致しません。{host} から最初からもう一度試します</translation>
    </message>
    <message>
        <source>{reason}; trying {host}</source>
        <translation>{reason}。次に {host} を試します</translation>
    </message>
    <message>
        <source>{reason}; nor could it be downloaded from {hosts}</source>
        <translation>{reason}。{hosts} からもダウンロードできませんでした</translation>
    </message>
    <message>
        <source>it was truncated while it was read</source>
        <translation>読み取り中にファイルが短くなりました</translation>
    </message>
    <message>
        <source>it is cut off or is not an ONNX file</source>
        <translation>途中で途切れているか、ONNX ファイルではありません</translation>
    </message>
    <message>
        <source>it is damaged or is not an ONNX file</source>
        <translation>破損しているか、ONNX ファイルではありません</translation>
    </message>
    <message>
        <source>the weights {name} are cut off</source>
        <translation>重み {name} が途中で途切れています</translation>
    </message>
    <message>
        <source>its graph is nested too deeply</source>
        <translation>グラフの入れ子が深すぎます</translation>
    </message>
    <message>
        <source>it uses sparse weights, which are not supported</source>
        <translation>対応していない疎な重みが使用されています</translation>
    </message>
    <message>
        <source>it has too many parts to be an image classifier</source>
        <translation>画像分類器としては要素が多すぎます</translation>
    </message>
    <message>
        <source>its functions call each other too many times</source>
        <translation>関数が互いを呼び出す回数が多すぎます</translation>
    </message>
    <message>
        <source>a part of it is compiled for one kind of device</source>
        <translation>一部が特定の種類のデバイス用にコンパイルされています</translation>
    </message>
    <message>
        <source>a name in it is not UTF-8 text</source>
        <translation>含まれている名前が UTF-8 のテキストではありません</translation>
    </message>
    <message>
        <source>it has no result named {name}</source>
        <translation>{name} という名前の結果がありません</translation>
    </message>
    <message>
        <source>some of its weights are too large for 32-bit floating-point numbers</source>
        <translation>一部の重みが 32 ビットの浮動小数点数では表せない大きさです</translation>
    </message>
    <message>
        <source>its operation {name} needs 64-bit floating-point numbers</source>
        <translation>演算 {name} には 64 ビットの浮動小数点数が必要です</translation>
    </message>
    <message>
        <source>onnxruntime says: {text}</source>
        <translation>onnxruntime からのメッセージ: {text}</translation>
    </message>
    <message>
        <source>it crashes as soon as it is loaded</source>
        <translation>読み込むとすぐにクラッシュします</translation>
    </message>
    <message>
        <source>it makes onnxruntime crash</source>
        <translation>onnxruntime がクラッシュします</translation>
    </message>
    <message>
        <source>onnxruntime had not finished with it after {seconds} s</source>
        <translation>{seconds} 秒たっても onnxruntime の処理が終わりませんでした</translation>
    </message>
    <message>
        <source>it takes more than {limit} of memory</source>
        <translation>{limit} を超えるメモリが必要です</translation>
    </message>
    <message>
        <source>there is not enough memory to load it</source>
        <translation>読み込むためのメモリが足りません</translation>
    </message>
    <message>
        <source>a classifier has one input, the picture, and this network has {count}</source>
        <translation>分類器の入力は画像 1 つですが、このネットワークには {count} あります</translation>
    </message>
    <message>
        <source>its output has the shape {shape}, not one row of classes per picture</source>
        <translation>出力の形状が {shape} で、1 画像につき 1 行のクラスになっていません</translation>
    </message>
    <message>
        <source>its results are not finite numbers</source>
        <translation>結果が有限の数値ではありません</translation>
    </message>
    <message>
        <source>its input has {count} dimensions, and a batch of pictures has four</source>
        <translation>入力が {count} 次元ですが、画像のバッチは 4 次元です</translation>
    </message>
    <message>
        <source>it returns {classes} classes, and its labels name {labels}</source>
        <translation>出力のクラス数は {classes} ですが、ラベルは {labels} 個あります</translation>
    </message>
    <message>
        <source>its input is {side} pixels wide; the limit is {limit}</source>
        <translation>入力の幅が {side} ピクセルですが、上限は {limit} ピクセルです</translation>
    </message>
    <message>
        <source>its input takes {size}; the limit is {limit}</source>
        <translation>入力のサイズが {size} ですが、上限は {limit} です</translation>
    </message>
    <message>
        <source>it is damaged; remove it and import it again</source>
        <translation>破損しています。削除してからインポートし直してください</translation>
    </message>
    <message>
        <source>it refers to {name} outside its own folder</source>
        <translation>自身のフォルダーの外にある {name} を参照しています</translation>
    </message>
    <message>
        <source>it refers to a file outside its own folder</source>
        <translation>自身のフォルダーの外にあるファイルを参照しています</translation>
    </message>
    <message>
        <source>its weights are missing: {name} is not beside it</source>
        <translation>重みがありません: {name} が同じフォルダーにありません</translation>
    </message>
    <message>
        <source>its weights are in {name}, a name that the app needs itself; rename that file</source>
        <translation>重みが {name} にありますが、この名前はアプリが使用します。ファイル名を変更してください</translation>
    </message>
    <message>
        <source>`{id}` is not an id; use small letters, digits, dots and dashes</source>
        <translation>「{id}」は ID として使用できません。小文字、数字、ドット、ハイフンを使用してください</translation>
    </message>
    <message>
        <source>the id {id} is taken; choose another with --id</source>
        <translation>ID {id} は使用済みです。--id で別の ID を指定してください</translation>
    </message>
    <message>
        <source>it has {classes} classes, not ImageNet&apos;s 1000; labels are needed</source>
        <translation>クラス数が {classes} で、ImageNet の 1000 ではありません。ラベルを指定してください</translation>
    </message>
    <message>
        <source>it has {classes} classes, not ImageNet&apos;s 1000; preprocessing is needed</source>
        <translation>クラス数が {classes} で、ImageNet の 1000 ではありません。前処理を指定してください</translation>
    </message>
    <message>
        <source>it has {classes} classes, not ImageNet&apos;s 1000; labels and preprocessing are needed</source>
        <translation>クラス数が {classes} で、ImageNet の 1000 ではありません。ラベルと前処理を指定してください</translation>
    </message>
    <message>
        <source>its input is only {side} pixels wide; preprocessing is needed</source>
        <translation>入力の幅が {side} ピクセルしかありません。前処理を指定してください</translation>
    </message>
    <message>
        <source>pictures are run {count} at a time; that its header allows more is not true</source>
        <translation>画像は {count} 枚ずつ処理します。ヘッダーではそれ以上可能とありますが、正しくありません</translation>
    </message>
    <message>
        <source>its preprocessing is taken for the usual one of ImageNet networks: {preprocessing}</source>
        <translation>前処理は ImageNet のネットワークで一般的なものとみなします: {preprocessing}</translation>
    </message>
    <message>
        <source>it was not found on this computer</source>
        <translation>このコンピューターでは見つかりませんでした</translation>
    </message>
    <message>
        <source>it could not be activated</source>
        <translation>有効にできませんでした</translation>
    </message>
    <message>
        <source>its scores differ from the CPU&apos;s by {percent} %</source>
        <translation>スコアが CPU のものと {percent}&#xa0;% 異なります</translation>
    </message>
    <message>
        <source>a batch gets different scores than single pictures</source>
        <translation>まとめて処理した場合と 1 枚ずつの場合とで、スコアが異なります</translation>
    </message>
    <message>
        <source>it returned the same scores for different pictures</source>
        <translation>異なる画像に同じ結果を返しました</translation>
    </message>
    <message>
        <source>it returned the same score for every class</source>
        <translation>すべてのクラスに同じ数値を返しました</translation>
    </message>
    <message>
        <source>the program ended during its self-test</source>
        <translation>セルフテスト中にプログラムが終了しました</translation>
    </message>
    <message>
        <source>it is slower than the CPU on this computer</source>
        <translation>このコンピューターでは CPU より低速です</translation>
    </message>
    <message>
        <source>its files are missing, as after uninstalling one of two builds of it</source>
        <translation>ファイルがありません (二つのビルドの一方をアンインストールした場合などに起こります)</translation>
    </message>
    <message>
        <source>it is not a sequential network as VGG networks are</source>
        <translation>VGG ネットワークのような逐次構造ではありません</translation>
    </message>
    <message>
        <source>it is for square colour pictures only</source>
        <translation>正方形のカラー画像専用です</translation>
    </message>
    <message>
        <source>its weights are in a separate file</source>
        <translation>重みが別のファイルにあります</translation>
    </message>
    <message>
        <source>it has not been prepared on this computer yet</source>
        <translation>このコンピューターではまだ準備されていません</translation>
    </message>
    <message>
        <source>it takes {seconds} s for one picture</source>
        <translation>1 枚の画像に {seconds} 秒かかります</translation>
    </message>
    <message>
        <source>{path} could not be written: the disk is full. Free some space, or choose another folder.</source>
        <translation>{path} を書き込めませんでした。ディスクがいっぱいです。空き容量を増やすか、別のフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>{path} is being changed by another operation. Wait until it has finished, then try again.</source>
        <translation>{path} は別の操作で変更中です。終了するまで待ってから、もう一度試してください。</translation>
    </message>
    <message>
        <source>another VGG Desktop is testing it</source>
        <translation>別の VGG Desktop がテスト中です</translation>
    </message>
    <message>
        <source>the NVIDIA driver was not found</source>
        <translation>NVIDIA ドライバーが見つかりません</translation>
    </message>
    <message>
        <source>no NVIDIA graphics card was found</source>
        <translation>NVIDIA のグラフィックカードが見つかりません</translation>
    </message>
    <message>
        <source>the NVIDIA driver did not start (error {code})</source>
        <translation>NVIDIA ドライバーが起動しませんでした (エラー {code})</translation>
    </message>
    <message>
        <source>the NVIDIA driver supports CUDA up to {supported}, and CUDA {needed} is needed</source>
        <translation>NVIDIA ドライバーが対応する CUDA は {supported} までですが、CUDA {needed} が必要です</translation>
    </message>
    <message>
        <source>cuDNN {version} was not found</source>
        <translation>cuDNN {version} が見つかりません</translation>
    </message>
    <message>
        <source>TensorRT {version} was not found</source>
        <translation>TensorRT {version} が見つかりません</translation>
    </message>
    <message>
        <source>CUDA&apos;s library {name} was not found</source>
        <translation>CUDA のライブラリ {name} が見つかりません</translation>
    </message>
    <message>
        <source>the library {name} was not found</source>
        <translation>ライブラリ {name} が見つかりません</translation>
    </message>
    <message>
        <source>a library that onnxruntime needs for it was not found</source>
        <translation>onnxruntime がそのために必要とするライブラリが見つかりません</translation>
    </message>
    <message>
        <source>no graphics card with DirectX 12 was found</source>
        <translation>DirectX 12 対応のグラフィックカードが見つかりません</translation>
    </message>
    <message>
        <source>the installed onnxruntime runs networks on the CPU only</source>
        <translation>インストールされている onnxruntime は CPU でのみ動作します</translation>
    </message>
    <message>
        <source>several builds of onnxruntime are installed at once ({names}) and overwrite each other, so uninstall all of them and install only one</source>
        <translation>onnxruntime の複数のビルドが同時にインストールされ ({names})、互いに上書きしています。すべてアンインストールして一つだけ入れてください</translation>
    </message>
    <message>
        <source>its weights are not 32-bit floating-point numbers</source>
        <translation>重みが 32 ビットの浮動小数点数ではありません</translation>
    </message>
    <message>
        <source>it is not faster on this computer</source>
        <translation>このコンピューターでは速くなりません</translation>
    </message>
    <message>
        <source>it runs on the CPU only</source>
        <translation>CPU でのみ動作します</translation>
    </message>
    <message>
        <source>it does not run on processors</source>
        <translation>プロセッサーでは動作しません</translation>
    </message>
    <message>
        <source>the network is small and part of the app</source>
        <translation>このネットワークは小さく、アプリに含まれています</translation>
    </message>
    <message>
        <source>it is a form of the precision exact, not of fast</source>
        <translation>この形式は精度 exact のもので、fast のものではありません</translation>
    </message>
    <message>
        <source>the computer was too busy to measure how fast it is</source>
        <translation>コンピューターの負荷が高く、速度を測定できませんでした</translation>
    </message>
    <message>
        <source>its scores differ from those of the published file</source>
        <translation>公開されたファイルとスコアが異なります</translation>
    </message>
    <message>
        <source>{where} lacks `{key}`</source>
        <translation>{where} に「{key}」がありません</translation>
    </message>
    <message>
        <source>`{key}` of {where} has the wrong type</source>
        <translation>{where} の「{key}」の型が正しくありません</translation>
    </message>
    <message>
        <source>`{key}` of {where} must be one of {choices}</source>
        <translation>{where} の「{key}」は次のいずれかにしてください: {choices}</translation>
    </message>
    <message>
        <source>{where} has an unknown key `{key}`</source>
        <translation>{where} に不明なキー「{key}」があります</translation>
    </message>
    <message>
        <source>{where} needs 1 &lt;= crop &lt;= resize &lt;= 4096</source>
        <translation>{where} では 1 &lt;= crop &lt;= resize &lt;= 4096 にしてください</translation>
    </message>
    <message>
        <source>`scale` of {where} divides the pixels: write 255 for values from 0 to 1</source>
        <translation>{where} の「scale」はピクセル値を割る数です。0 から 1 の値にするには 255 と指定してください</translation>
    </message>
    <message>
        <source>`std` of {where} must be positive</source>
        <translation>{where} の「std」は正の数にしてください</translation>
    </message>
    <message>
        <source>model {id} names an unknown preprocessing `{name}`</source>
        <translation>モデル {id} に不明な前処理「{name}」が指定されています</translation>
    </message>
    <message>
        <source>`{id}` is not an id: small letters, digits, dots and dashes</source>
        <translation>「{id}」は ID として使用できません。小文字、数字、ドット、ハイフンを使用してください</translation>
    </message>
    <message>
        <source>`file` of model {id} must be a plain name that ends in .onnx</source>
        <translation>モデル {id} の「file」は .onnx で終わる単純な名前にしてください</translation>
    </message>
    <message>
        <source>`sha256` of model {id} must have 64 hexadecimal digits</source>
        <translation>モデル {id} の「sha256」は 64 桁の 16 進数にしてください</translation>
    </message>
    <message>
        <source>`bytes` of model {id} must be positive</source>
        <translation>モデル {id} の「bytes」は正の数にしてください</translation>
    </message>
    <message>
        <source>`addresses` of model {id} must be https:// or http:// addresses</source>
        <translation>モデル {id} の「addresses」は https:// または http:// のアドレスにしてください</translation>
    </message>
    <message>
        <source>model {id} has no `addresses`</source>
        <translation>モデル {id} に「addresses」がありません</translation>
    </message>
    <message>
        <source>the id `{id}` is taken</source>
        <translation>ID「{id}」は使用済みです</translation>
    </message>
    <message>
        <source>{where} must be a table</source>
        <translation>{where} はテーブルにしてください</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>入れ子が深すぎます</translation>
    </message>
    <message>
        <source>it is not UTF-8 text; save it as UTF-8 and try again</source>
        <translation>UTF-8 のテキストではありません。UTF-8 で保存して、もう一度お試しください</translation>
    </message>
    <message>
        <source>it says nothing about the preprocessing; a preprocessor_config.json of Hugging Face, a config.json of timm or a TOML file would work</source>
        <translation>前処理について何も書かれていません。Hugging Face の preprocessor_config.json、timm の config.json、または TOML ファイルなら使えます</translation>
    </message>
    <message>
        <source>`{key}` = {value} is not supported</source>
        <translation>「{key}」= {value} には対応していません</translation>
    </message>
    <message>
        <source>it needs at least two classes, one per line</source>
        <translation>1 行に 1 つ、2 つ以上のクラスが必要です</translation>
    </message>
    <message>
        <source>it names more than {limit} classes</source>
        <translation>{limit} を超えるクラスが書かれています</translation>
    </message>
    <message>
        <source>it is {found}, not a file of class names</source>
        <translation>クラス名のファイルではなく、{found}です</translation>
    </message>
    <message>
        <source>it is not text; class names are read from text, CSV, JSON and YAML</source>
        <translation>テキストではありません。クラス名はテキスト、CSV、JSON、YAML から読み込みます</translation>
    </message>
    <message>
        <source>the name of class {index} is empty</source>
        <translation>クラス {index} の名前が空です</translation>
    </message>
    <message>
        <source>its classes have indices, and {index} occurs twice</source>
        <translation>クラスに番号が付いていますが、{index} が 2 回出てきます</translation>
    </message>
    <message>
        <source>its classes have indices from {index} on; they must begin at 0 or 1</source>
        <translation>クラスの番号が {index} から始まっています。0 か 1 から始まる必要があります</translation>
    </message>
    <message>
        <source>its classes have indices, and {index} is missing</source>
        <translation>クラスに番号が付いていますが、{index} がありません</translation>
    </message>
    <message>
        <source>most of its lines begin with an index, but not line {number}; all or none must have one</source>
        <translation>ほとんどの行は番号で始まりますが、{number} 行目は違います。すべての行に付けるか、どの行にも付けないでください</translation>
    </message>
    <message>
        <source>it is not clear whether the numbers in its lines are indices or belong to the names; write an index from 0 on and a tab before each name</source>
        <translation>行の数字がクラスの番号なのか名前の一部なのか分かりません。各名前の前に 0 からの番号とタブを書いてください</translation>
    </message>
    <message>
        <source>`{key}` occurs twice in it</source>
        <translation>「{key}」が 2 回出てきます</translation>
    </message>
    <message>
        <source>it is a table of {count} columns, and it is not clear which one has the names; name the columns in a first line, such as index,label</source>
        <translation>{count} 列の表ですが、どの列に名前があるのか分かりません。最初の行に index,label のように列の名前を書いてください</translation>
    </message>
    <message>
        <source>it is a table, and line {number} has {count} columns instead of {expected}</source>
        <translation>表ですが、{number} 行目の列数が {expected} ではなく {count} です</translation>
    </message>
    <message>
        <source>it looks like JSON or Python, but cannot be read: {text}</source>
        <translation>JSON か Python のようですが、読み込めません: {text}</translation>
    </message>
    <message>
        <source>it is JSON or Python without class names; a list of names, names by index, or indices by name would work</source>
        <translation>クラス名のない JSON か Python です。名前のリスト、番号ごとの名前、名前ごとの番号なら使えます</translation>
    </message>
    <message>
        <source>it is YAML, but has no simple list of names, with or without indices, under `names:`</source>
        <translation>YAML ですが、「names:」の下に単純な名前のリスト（番号付きまたは番号なし）がありません</translation>
    </message>
    <message>
        <source>line {number} is not a class name: {text}; write one name per line</source>
        <translation>{number} 行目はクラス名ではありません: {text}。1 行に 1 つの名前を書いてください</translation>
    </message>
    <message>
        <source>none of its pictures could be read</source>
        <translation>含まれている画像を 1 つも読み込めませんでした</translation>
    </message>
    <message>
        <source>{name} is not a class of this network</source>
        <translation>{name} はこのネットワークのクラスではありません</translation>
    </message>
    <message>
        <source>{name} is the name of one class and the index of another</source>
        <translation>{name} はあるクラスの名前であり、別のクラスの番号でもあります</translation>
    </message>
    <message>
        <source>{name} is the name of several classes</source>
        <translation>{name} は複数のクラスの名前です</translation>
    </message>
    <message>
        <source>it has no sub-folders</source>
        <translation>サブフォルダーがありません</translation>
    </message>
    <message>
        <source>its sub-folders contain no pictures</source>
        <translation>サブフォルダーに画像がありません</translation>
    </message>
</context>
<context>
    <name>FactsPanel</name>
    <message>
        <source>Facts</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>FailurePanel</name>
    <message>
        <source>Import file…</source>
        <translation>ファイルをインポート…</translation>
    </message>
    <message>
        <source>Try another server</source>
        <translation>別のサーバーを試す</translation>
    </message>
    <message>
        <source>Try the next server that offers the same file</source>
        <translation>同じファイルがある次のサーバーを試します</translation>
    </message>
    <message>
        <source>Choose the file on this computer, if you obtained it another way</source>
        <translation>別の方法で入手したファイルを、このコンピューターから選択します</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>First steps</source>
        <translation>はじめに</translation>
    </message>
    <message>
        <source>See what is in a picture</source>
        <translation>画像に何が写っているかを見る</translation>
    </message>
    <message>
        <source>Drop a picture on the window, paste it ({paste}) or click on an example. The bars are the most probable classes; the square on the picture is what the network saw.</source>
        <translation>画像をウィンドウにドロップするか、貼り付ける ({paste}) か、例をクリックしてください。バーは最も確率の高いクラス、画像上の四角はネットワークが見た部分です。</translation>
    </message>
    <message>
        <source>Sort many photographs</source>
        <translation>たくさんの写真を仕分ける</translation>
    </message>
    <message>
        <source>Drop a folder or open it ({folder}). Filter by name or class, look at the unsure ones, then save a table ({save}) or let the File menu copy the pictures into a folder for each class.</source>
        <translation>フォルダーをドロップするか開きます ({folder})。名前やクラスで絞り込み、不確かなものを確認してから、表を保存する ({save}) か、「ファイル」メニューで画像をクラスごとのフォルダーにコピーします。</translation>
    </message>
    <message>
        <source>Teach how networks see</source>
        <translation>ネットワークの見方を教える</translation>
    </message>
    <message>
        <source>Choose another network in the tool bar and watch the bars change: the small Starter knows only ten things. Exact and Fast show what rounding costs, the Devices page what speed is worth.</source>
        <translation>ツールバーで別のネットワークを選び、バーの変化を見てください。小さな Starter は十種類しか知りません。「正確」と「高速」で丸めの影響が、デバイスのページで速度の違いがわかります。</translation>
    </message>
    <message>
        <source>Try your own network</source>
        <translation>自分のネットワークを試す</translation>
    </message>
    <message>
        <source>Drop an ONNX file on the window or import it ({keys}). Labels and preprocessing are looked for beside it and in it; the app asks for what is missing, with a preview on known pictures.</source>
        <translation>ONNX ファイルをウィンドウにドロップするか、インポートします ({keys})。ラベルと前処理は、その隣とファイルの中から探されます。足りないものは、既知の画像でのプレビューとともに尋ねられます。</translation>
    </message>
    <message>
        <source>Use it in scripts</source>
        <translation>スクリプトで使う</translation>
    </message>
    <message>
        <source>On the command line, {classify} prints one JSON object per picture, and {evaluate} measures the accuracy on a folder with one sub-folder per class.</source>
        <translation>コマンドラインでは、{classify} が画像ごとに JSON オブジェクトを一つ出力し、{evaluate} がクラスごとのサブフォルダーを持つフォルダーで精度を測ります。</translation>
    </message>
</context>
<context>
    <name>FitPanel</name>
    <message>
        <source>Use it</source>
        <translation>これを使う</translation>
    </message>
</context>
<context>
    <name>Fits</name>
    <message>
        <source>Its answers are probably wrong.</source>
        <translation>答えはおそらく誤りです。</translation>
    </message>
</context>
<context>
    <name>FormRow</name>
    <message>
        <source>Being measured…</source>
        <translation>測定中…</translation>
    </message>
    <message>
        <source>Not measured yet</source>
        <translation>未測定</translation>
    </message>
    <message>
        <source>Not used: {reason}</source>
        <translation>不使用: {reason}</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>{size}/s</source>
        <translation>{size}/秒</translation>
    </message>
    <message>
        <source>{0} s left</source>
        <translation>残り {0} 秒</translation>
    </message>
    <message>
        <source>{0}:{1:02} min left</source>
        <translation>残り {0}:{1:02} 分</translation>
    </message>
    <message>
        <source>{0}:{1:02} h left</source>
        <translation>残り {0}:{1:02} 時間</translation>
    </message>
    <message>
        <source>{0}.</source>
        <comment>a whole sentence</comment>
        <translation>{0}。</translation>
    </message>
</context>
<context>
    <name>FullScreen</name>
    <message>
        <source>Leave full screen</source>
        <translation>全画面表示を終了</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Copy to clipboard</source>
        <translation>クリップボードにコピー</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>コピーしました</translation>
    </message>
</context>
<context>
    <name>HistorySection</name>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Re&amp;member pictures and results</source>
        <translation>画像と結果を記憶する(&amp;M)</translation>
    </message>
    <message>
        <source>Nothing is then computed twice, and the next start can go on with the same pictures. Names, dates and results are kept on this computer only, the pictures themselves are not.</source>
        <translation>同じ計算を繰り返さず、次回の起動時に同じ画像から続けられます。名前、日付、結果はこのコンピューターにだけ保存され、画像自体は保存されません。</translation>
    </message>
    <message>
        <source>The results of pictures that were not opened for longest are deleted first.</source>
        <translation>最も長く開かれていない画像の結果から削除されます。</translation>
    </message>
    <message>
        <source>Clear histor&amp;y…</source>
        <translation>履歴を消去(&amp;Y)…</translation>
    </message>
    <message>
        <source>At m&amp;ost:</source>
        <translation>上限(&amp;O):</translation>
    </message>
    <message>
        <source>Now:</source>
        <translation>現在:</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>なし</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s), {0}</source>
        <translation>
            <numerusform>画像 %n 枚、{0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Now: {0}</source>
        <translation>現在：{0}</translation>
    </message>
    <message numerus="yes">
        <source>Delete the results of %n picture(s) and the list of recent files? The pictures themselves stay.</source>
        <translation>
            <numerusform>%n 枚の画像の結果と最近使ったファイルの一覧を削除しますか？画像自体は残ります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear history</source>
        <translation>履歴を消去</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import a network</source>
        <translation>ネットワークのインポート</translation>
    </message>
    <message>
        <source>{file} needs more information</source>
        <translation>{file} には追加の情報が必要です</translation>
    </message>
    <message>
        <source>The network is being tested</source>
        <translation>ネットワークをテストしています</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>インポート</translation>
    </message>
    <message>
        <source>Labels and preprocessing</source>
        <translation>クラス名と前処理</translation>
    </message>
    <message>
        <source>Labels and preprocessing of {name}</source>
        <translation>{name} のクラス名と前処理</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>The settings are not complete.</source>
        <translation>設定が完了していません。</translation>
    </message>
</context>
<context>
    <name>ImportStrip</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation>インポートをキャンセル</translation>
    </message>
    <message>
        <source>The network is being imported</source>
        <translation>ネットワークをインポートしています</translation>
    </message>
    <message>
        <source>Importing {file}…</source>
        <translation>{file} をインポート中…</translation>
    </message>
    <message>
        <source>Import a network</source>
        <translation>ネットワークの読み込み</translation>
    </message>
    <message>
        <source>You have imported another network called {name}.</source>
        <translation>{name} という別のネットワークがすでに読み込まれています。</translation>
    </message>
    <message>
        <source>Replace it, for instance after more training? Its labels and preprocessing stay.</source>
        <translation>追加の学習をした場合などは、置き換えることができます。クラス名と前処理はそのまま残ります。</translation>
    </message>
    <message>
        <source>Replace {name}</source>
        <translation>{name} を置き換える</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>両方を残す</translation>
    </message>
</context>
<context>
    <name>Incoming</name>
    <message>
        <source>This is on another computer or device. Copy it to this computer, or mount the share as a folder, and open it from there.</source>
        <translation>これは別のコンピューターまたはデバイスにあります。このコンピューターにコピーするか、共有をフォルダーとしてマウントして、そこから開いてください。</translation>
    </message>
    <message>
        <source>Text cannot be opened. Drop pictures, folders or links to pictures.</source>
        <translation>テキストは開けません。画像、フォルダー、画像へのリンクをドロップしてください。</translation>
    </message>
    <message>
        <source>This cannot be opened. Drop pictures, folders or links to pictures.</source>
        <translation>これは開けません。画像、フォルダー、画像へのリンクをドロップしてください。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>ファイル %n 個</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>フォルダー %n 個</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n network(s)</source>
        <translation>
            <numerusform>ネットワーク %n 個</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>画像 %n 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>リンク %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <comment>items of a list</comment>
        <translation>{first}、{second}</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <comment>end of a list</comment>
        <translation>{first}、{second}</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>貼り付けた画像</translation>
    </message>
</context>
<context>
    <name>InfoBar</name>
    <message>
        <source>Close this notice</source>
        <translation>このお知らせを閉じる</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>&amp;Answer</source>
        <translation>回答(&amp;A)</translation>
    </message>
    <message>
        <source>Fa&amp;cts</source>
        <translation>詳細(&amp;C)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy what this tab shows</source>
        <translation>このタブの内容をコピー</translation>
    </message>
    <message>
        <source>Reading {0}…</source>
        <translation>{0} を読み込んでいます…</translation>
    </message>
    <message>
        <source>{0}: {1}, {2}</source>
        <translation>{0}: {1}、{2}</translation>
    </message>
    <message>
        <source>{0}, {1} × {2} pixels; the network saw what is inside the frame</source>
        <translation>{0}、{1} × {2} ピクセル。ネットワークは枠の中を見ました</translation>
    </message>
</context>
<context>
    <name>JobLineWidget</name>
    <message>
        <source>Progress: {0}</source>
        <translation>進行状況: {0}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>終了</translation>
    </message>
</context>
<context>
    <name>JobLines</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>{0} per second</source>
        <translation>毎秒 {0} 枚</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Classifying</source>
        <translation>分類中</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Classifying has ended.</source>
        <translation>分類が終わりました。</translation>
    </message>
    <message>
        <source>Searching for pictures</source>
        <translation>画像を検索中</translation>
    </message>
    <message numerus="yes">
        <source>%n found so far</source>
        <translation>
            <numerusform>これまでに %n 枚</numerusform>
        </translation>
    </message>
    <message>
        <source>Saving in {0}</source>
        <translation>{0} に保存中</translation>
    </message>
    <message numerus="yes">
        <source>%n to go</source>
        <translation>
            <numerusform>残り %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Fetching pictures</source>
        <translation>画像を取得中</translation>
    </message>
    <message>
        <source>Waiting in the queue</source>
        <translation>順番待ち</translation>
    </message>
    <message>
        <source>Importing and testing it…</source>
        <translation>インポートしてテストしています…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Looking for the preprocessing that fits…</source>
        <translation>合う前処理を探しています…</translation>
    </message>
    <message>
        <source>Moving the networks</source>
        <translation>ネットワークを移動中</translation>
    </message>
    <message>
        <source>Preparing Fast</source>
        <translation>「高速」を準備中</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>測定中</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>テスト中</translation>
    </message>
    <message>
        <source>Testing {0}</source>
        <translation>{0} をテスト中</translation>
    </message>
</context>
<context>
    <name>JobStrip</name>
    <message>
        <source>What is running</source>
        <translation>実行中の処理</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>すべてのキー</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>ウィンドウ</translation>
    </message>
    <message>
        <source>List of pictures</source>
        <translation>画像の一覧</translation>
    </message>
    <message>
        <source>Picture above or below</source>
        <translation>上または下の画像</translation>
    </message>
    <message>
        <source>First or last picture</source>
        <translation>最初または最後の画像</translation>
    </message>
    <message>
        <source>A page up or down</source>
        <translation>1 ページ上または下</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>複数を選択</translation>
    </message>
    <message>
        <source>Add one to the selection, or take it away</source>
        <translation>選択に追加、または選択から除外</translation>
    </message>
    <message>
        <source>Fold or unfold a group</source>
        <translation>グループを折りたたむ／展開する</translation>
    </message>
    <message>
        <source>Select a group, or show only it</source>
        <translation>グループを選択、またはそれだけを表示</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>絞り込みを解除</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Previous or next picture</source>
        <translation>前または次の画像</translation>
    </message>
    <message>
        <source>The same in full screen</source>
        <translation>全画面表示でも同様</translation>
    </message>
    <message>
        <source>Answer or Facts</source>
        <translation>回答または詳細</translation>
    </message>
    <message>
        <source>Zoom in or out</source>
        <translation>拡大または縮小</translation>
    </message>
    <message>
        <source>Fit to view</source>
        <translation>画面に合わせる</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>実際の大きさ</translation>
    </message>
    <message>
        <source>Move the zoomed picture</source>
        <translation>拡大した画像を動かす</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>バー</translation>
    </message>
    <message>
        <source>Class above or below</source>
        <translation>上または下のクラス</translation>
    </message>
    <message>
        <source>Copy all classes</source>
        <translation>すべてのクラスをコピー</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>どこでも</translation>
    </message>
    <message>
        <source>Next or previous control</source>
        <translation>次または前の部品</translation>
    </message>
    <message>
        <source>Press a button</source>
        <translation>ボタンを押す</translation>
    </message>
    <message>
        <source>Open the menu of a button</source>
        <translation>ボタンのメニューを開く</translation>
    </message>
    <message>
        <source>Close a dialog</source>
        <translation>ダイアログを閉じる</translation>
    </message>
</context>
<context>
    <name>LabelsForm</name>
    <message>
        <source>Names of the &amp;classes</source>
        <translation>クラス名(&amp;C)</translation>
    </message>
    <message>
        <source>Names of the classes</source>
        <translation>クラス名</translation>
    </message>
    <message>
        <source>One name per line, in the order of the network&apos;s outputs</source>
        <translation>1 行に 1 つの名前を、ネットワークの出力の順に入力</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>ファイルから…</translation>
    </message>
    <message>
        <source>Names of the classes from a file…</source>
        <translation>クラス名をファイルから…</translation>
    </message>
    <message>
        <source>Line {number} is empty.</source>
        <translation>{number} 行目が空です。</translation>
    </message>
    <message>
        <source>The names are missing.</source>
        <translation>名前がありません。</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) are missing.</source>
        <translation>
            <numerusform>名前が %n 個足りません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) too many.</source>
        <translation>
            <numerusform>名前が %n 個多すぎます。</numerusform>
        </translation>
    </message>
    <message>
        <source>At least two names are needed.</source>
        <translation>名前が 2 つ以上必要です。</translation>
    </message>
    <message>
        <source>Left empty: {names}</source>
        <translation>空欄の場合：{names}</translation>
    </message>
    <message>
        <source>{count} of {needed} names</source>
        <translation>{needed} 個中 {count} 個の名前</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s)</source>
        <translation>
            <numerusform>名前 %n 個</numerusform>
        </translation>
    </message>
    <message>
        <source>Lists of names</source>
        <translation>名前の一覧</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべてのファイル</translation>
    </message>
</context>
<context>
    <name>LicenceDialog</name>
    <message>
        <source>Licence of {name}</source>
        <translation>{name} のライセンス</translation>
    </message>
    <message>
        <source>{name} was published under the licence {licence}.</source>
        <translation>{name} は {licence} ライセンスで公開されています。</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>ライセンスの本文</translation>
    </message>
</context>
<context>
    <name>ListPanel</name>
    <message>
        <source>Retry</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Retry the pictures that failed or were stopped</source>
        <translation>失敗または停止した画像を再試行</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止中</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>VGG Desktop</source>
        <translation>VGG Desktop</translation>
    </message>
    <message>
        <source>{0} (switched off by your administrator)</source>
        <translation>{0} (管理者により無効)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>再開(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>厳密</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>高速</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} ms</translation>
    </message>
    <message>
        <source>Decode {0} ms, resize {1} ms, network {2} ms</source>
        <translation>デコード {0} ms、リサイズ {1} ms、推論 {2} ms</translation>
    </message>
    <message>
        <source>Previous result</source>
        <translation>以前の結果</translation>
    </message>
    <message>
        <source>Testing {0} with {1}…</source>
        <translation>{0} を {1} でテスト中…</translation>
    </message>
</context>
<context>
    <name>MeasuringPanel</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Progress of the measurement</source>
        <translation>測定の進行状況</translation>
    </message>
    <message>
        <source>Cancel the measurement</source>
        <translation>測定をキャンセル</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) waiting until this finishes.</source>
        <translation>
            <numerusform>%n 枚の画像がこの終了を待っています。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MenuCommands</name>
    <message>
        <source>Pictures</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべてのファイル</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>画像を開く</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>フォルダーを開く</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Save %n result(s)…</source>
        <translation>
            <numerusform>%n 件の結果を保存(&amp;S)…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sort %n picture(s) into fol&amp;ders…</source>
        <translation>
            <numerusform>%n 枚の画像をフォルダーに仕分け(&amp;D)…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Remove %n picture(s) from list</source>
        <translation>
            <numerusform>%n 枚の画像をリストから外す(&amp;R)</numerusform>
        </translation>
    </message>
    <message>
        <source>Save results</source>
        <translation>結果を保存</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>表計算用の表 (*.csv)</translation>
    </message>
    <message>
        <source>JSON Lines (*.jsonl)</source>
        <translation>JSON Lines (*.jsonl)</translation>
    </message>
    <message>
        <source>results.csv</source>
        <translation>結果.csv</translation>
    </message>
    <message numerus="yes">
        <source>Save the results of %n picture(s)</source>
        <translation>
            <numerusform>%n 枚の画像の結果を保存</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>履歴を消去</translation>
    </message>
    <message numerus="yes">
        <source>Remove all %n picture(s) from the list? Your files are not deleted.</source>
        <translation>
            <numerusform>%n 枚の画像をすべてリストから外しますか? ファイルは削除されません。</numerusform>
        </translation>
    </message>
    <message>
        <source>sorted</source>
        <translation>仕分け</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Import a network</source>
        <translation>ネットワークのインポート</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>ネットワーク</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Something went wrong inside VGG Desktop</source>
        <translation>VGG Desktop の内部で問題が発生しました</translation>
    </message>
    <message>
        <source>This is a bug in VGG Desktop, not something you did. The window stays usable; if it behaves oddly, close it and open it again. Please send us the details so we can fix it; nothing is sent automatically.</source>
        <translation>これは VGG Desktop の不具合であり、操作の誤りではありません。ウィンドウは引き続き使用できます。動作がおかしい場合は、閉じてから開き直してください。修正できるよう、詳細をお送りください。自動的に送信されることはありません。</translation>
    </message>
</context>
<context>
    <name>NetworkButton</name>
    <message>
        <source>Network in use: {0}. Choose another</source>
        <translation>使用中のネットワーク: {0}。別のものを選択</translation>
    </message>
    <message>
        <source>Warning: the download of {0} failed.</source>
        <translation>警告: {0} のダウンロードに失敗しました。</translation>
    </message>
    <message>
        <source>Downloading: {0}</source>
        <translation>ダウンロード中: {0}</translation>
    </message>
    <message>
        <source>Network: {0}</source>
        <translation>ネットワーク: {0}</translation>
    </message>
    <message>
        <source>More &amp;networks…</source>
        <translation>その他のネットワーク(&amp;N)…</translation>
    </message>
    <message>
        <source>{0} per second</source>
        <translation>毎秒 {0} 枚</translation>
    </message>
</context>
<context>
    <name>NetworkCard</name>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>More about this network</source>
        <translation>このネットワークのその他の操作</translation>
    </message>
    <message>
        <source>More about {name}</source>
        <translation>{name} のその他の操作</translation>
    </message>
    <message>
        <source>Its file is damaged or missing. Delete it and import it again.</source>
        <translation>ファイルが破損しているか、見つかりません。削除してからインポートし直してください。</translation>
    </message>
    <message>
        <source>In a shared folder, which is only read.</source>
        <translation>読み取り専用の共有フォルダーにあります。</translation>
    </message>
    <message>
        <source>Downloads are switched off by your administrator.</source>
        <translation>ダウンロードは管理者により無効です。</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>ダウンロード</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Download {name}</source>
        <translation>{name} をダウンロード</translation>
    </message>
    <message>
        <source>Resume the download of {name}</source>
        <translation>{name} のダウンロードを再開</translation>
    </message>
    <message>
        <source>Cancel the operation on {name}</source>
        <translation>{name} の処理をキャンセル</translation>
    </message>
    <message>
        <source>Verified: the file is intact.</source>
        <translation>検証済み: ファイルに問題はありません。</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>{name} を使用</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>再ダウンロード</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>再試行</translation>
    </message>
</context>
<context>
    <name>NetworkFacts</name>
    <message>
        <source>The smallest of the four and the fastest; a good first choice. It recognises a thousand things.</source>
        <translation>4 つの中で最も小さく、最も高速です。最初の選択に適しています。1000 種類を認識できます。</translation>
    </message>
    <message>
        <source>As large and about as fast as VGG 16, but trained with batch normalisation and slightly more accurate. It recognises a thousand things.</source>
        <translation>VGG 16 と同じ大きさで、速さもほぼ同じですが、バッチ正規化を使って学習しており、わずかに正確です。1000 種類を認識できます。</translation>
    </message>
    <message>
        <source>Three more layers than VGG 16: slightly more accurate and slightly slower. It recognises a thousand things.</source>
        <translation>VGG 16 より 3 層多く、少し正確で、少し低速です。1000 種類を認識できます。</translation>
    </message>
    <message>
        <source>The most accurate of the four and the largest; as slow as VGG 19. It recognises a thousand things.</source>
        <translation>4 つの中で最も正確で、最も大きく、速さは VGG 19 と同程度です。1000 種類を認識できます。</translation>
    </message>
    <message>
        <source>Download size</source>
        <translation>ダウンロードサイズ</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>ファイルサイズ</translation>
    </message>
    <message>
        <source>Top-1 / Top-5, measured</source>
        <translation>Top-1 / Top-5（実測値）</translation>
    </message>
    <message>
        <source>How often the correct class came first, and how often it was among the first five, measured on the CIFAR-10 test set with ten classes. Not comparable with networks that recognise a thousand.</source>
        <translation>正解が 1 位だった割合と、上位 5 位以内だった割合。10 クラスの CIFAR-10 のテスト画像で測定しました。1000 クラスのネットワークとは比較できません。</translation>
    </message>
    <message>
        <source>How often the correct class came first, and how often it was among the first five, as published by the network&apos;s authors.</source>
        <translation>正解が 1 位だった割合と、上位 5 位以内だった割合。ネットワークの作成者が公表した値です。</translation>
    </message>
    <message>
        <source>No accuracy was published for this network.</source>
        <translation>このネットワークの精度は公表されていません。</translation>
    </message>
    <message>
        <source>Memory (approx.)</source>
        <translation>メモリ（目安）</translation>
    </message>
    <message>
        <source>Measured with the first pictures.</source>
        <translation>最初の数枚で測定されます。</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Waiting in the queue</source>
        <translation>順番待ち</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>接続中…</translation>
    </message>
    <message>
        <source>Reconnecting…</source>
        <translation>再接続中…</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>検証中…</translation>
    </message>
    <message>
        <source>Verified. Testing it on this computer…</source>
        <translation>検証済み。このコンピューターでテストしています…</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>削除中…</translation>
    </message>
    <message>
        <source>Top-1 / Top-5, published</source>
        <translation>Top-1 / Top-5（公表値）</translation>
    </message>
    <message>
        <source>Ready at once, fast and accurate: EfficientNet-Lite0, by Google. It recognises a thousand things.</source>
        <translation>すぐに使えて、速く正確です (Google の EfficientNet-Lite0)。1000 種類を認識できます。</translation>
    </message>
    <message>
        <source>A small VGG that anyone can train, for teaching and tests. It recognises only ten things: airplane, automobile, bird, cat, deer, dog, frog, horse, ship and truck.</source>
        <translation>誰でも学習させられる小さな VGG で、授業やテスト用です。認識できるのは 10 種類だけです: 飛行機、自動車、鳥、猫、鹿、犬、カエル、馬、船、トラック。</translation>
    </message>
    <message>
        <source>Imported from a file.</source>
        <translation>ファイルから取り込みました。</translation>
    </message>
    <message>
        <source>{rate} pictures per second ({time} ms each)</source>
        <translation>毎秒 {rate} 枚（1 枚あたり {time} ms）</translation>
    </message>
    <message>
        <source>{received} of {total} ({percent})</source>
        <translation>{received} / {total}（{percent}）</translation>
    </message>
    <message>
        <source>Estimated from the size of the file, as measured with VGG 16.</source>
        <translation>VGG 16 での実測をもとに、ファイルサイズから推定した値です。</translation>
    </message>
    <message>
        <source>Speed on this computer</source>
        <translation>このコンピューターでの速度</translation>
    </message>
</context>
<context>
    <name>NetworkGroup</name>
    <message>
        <source>Fast is not available here: {0}.</source>
        <translation>ここでは「高速」を使えません: {0}。</translation>
    </message>
    <message>
        <source>The fast version of this network does not exist yet. It is prepared when you first choose Fast.</source>
        <translation>このネットワークの高速版はまだありません。初めて「高速」を選んだときに準備されます。</translation>
    </message>
</context>
<context>
    <name>NetworkMenu</name>
    <message>
        <source>Verify</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Compare its file with the published checksum</source>
        <translation>ファイルを公開されたチェックサムと照合します</translation>
    </message>
    <message>
        <source>Labels and preprocessing…</source>
        <translation>クラス名と前処理…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダーに表示</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>アドレスをコピー</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>削除…</translation>
    </message>
    <message>
        <source>Use another network first</source>
        <translation>先に別のネットワークに切り替えてください</translation>
    </message>
    <message>
        <source>It is in a shared folder, which is only read</source>
        <translation>読み取り専用の共有フォルダーにあります</translation>
    </message>
    <message>
        <source>It was imported from a file and cannot be downloaded again. {size} will be freed.</source>
        <translation>ファイルからインポートしたものなので、再ダウンロードはできません。{size} が解放されます。</translation>
    </message>
    <message>
        <source>It can be downloaded again at any time. {size} will be freed.</source>
        <translation>いつでも再ダウンロードできます。{size} が解放されます。</translation>
    </message>
    <message>
        <source>Delete a network</source>
        <translation>ネットワークの削除</translation>
    </message>
    <message>
        <source>Delete {name} from this computer?</source>
        <translation>{name} をこのコンピューターから削除しますか?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
</context>
<context>
    <name>NetworkTrial</name>
    <message>
        <source>Class {number}</source>
        <translation>クラス {number}</translation>
    </message>
</context>
<context>
    <name>NetworksPage</name>
    <message>
        <source>Networks</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>Networks recognise what is in your pictures. All of them run on this computer; no picture ever leaves it.</source>
        <translation>ネットワークは、画像に写っているものを認識します。すべてこのコンピューター上で動作します。画像が外部に送られることはありません。</translation>
    </message>
    <message>
        <source>Comes with the app</source>
        <translation>アプリに付属</translation>
    </message>
    <message>
        <source>To download</source>
        <translation>ダウンロードできるもの</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>自分で追加したもの</translation>
    </message>
    <message>
        <source>Import a network…</source>
        <translation>ネットワークをインポート…</translation>
    </message>
    <message>
        <source>or drop an .onnx or .zip file on the window</source>
        <translation>または .onnx か .zip ファイルをウィンドウにドロップ</translation>
    </message>
    <message>
        <source>{size} on disk</source>
        <translation>ディスク使用量 {size}</translation>
    </message>
    <message>
        <source>ONNX networks</source>
        <translation>ONNX ネットワーク</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべてのファイル</translation>
    </message>
    <message>
        <source>Import a network</source>
        <translation>ネットワークのインポート</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Copy details</source>
        <translation>詳細をコピー</translation>
    </message>
    <message>
        <source>{0}. {1}</source>
        <translation>{0}。{1}</translation>
    </message>
    <message>
        <source>Nothing to classify there. Drop pictures, folders or links to pictures.</source>
        <translation>分類できるものがありません。画像、フォルダー、画像へのリンクをドロップしてください。</translation>
    </message>
    <message>
        <source>the default folder</source>
        <translation>既定のフォルダー</translation>
    </message>
    <message>
        <source>The networks are now stored in {0}.</source>
        <translation>ネットワークの保存場所を {0} に変更しました。</translation>
    </message>
    <message>
        <source>VGG Desktop closed unexpectedly last time.</source>
        <translation>VGG Desktop は前回、予期せず終了しました。</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>詳細を表示</translation>
    </message>
    <message>
        <source>Labels and preprocessing…</source>
        <translation>クラス名と前処理…</translation>
    </message>
    <message>
        <source>No usual preprocessing fits {name}: on pictures whose classes are known it is mostly wrong.</source>
        <translation>{name} に合う一般的な前処理がありません。クラスがわかっている画像でも、ほとんど間違えます。</translation>
    </message>
    <message>
        <source>Use it anyway</source>
        <translation>それでも使う</translation>
    </message>
    <message>
        <source>Choose a network…</source>
        <translation>ネットワークを選択…</translation>
    </message>
    <message>
        <source>No pictures were found in {0}.</source>
        <translation>{0} に画像は見つかりませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>Copied %n picture(s) into class folders in {0}.</source>
        <translation>
            <numerusform>%n 枚の画像を {0} のクラス別フォルダーにコピーしました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n result(s) saved in {0}.</source>
        <translation>
            <numerusform>%n 件の結果を {0} に保存しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) without a result are not among them.</source>
        <translation>
            <numerusform>結果のない %n 枚の画像は含まれません。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>フォルダーに表示</translation>
    </message>
    <message>
        <source>{0} is ready.</source>
        <translation>{0} を使用できます。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message numerus="yes">
        <source>Linked %n picture(s) into class folders in {0}.</source>
        <translation>
            <numerusform>{0} のクラス別フォルダーに %n 枚の画像をリンクしました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of those copied could not be linked.</source>
        <translation>
            <numerusform>コピーした画像のうち %n 枚はリンクできませんでした。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) were there already.</source>
        <translation>
            <numerusform>%n 枚の画像はすでにありました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) were left out.</source>
        <translation>
            <numerusform>%n 枚の画像を除外しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) failed:</source>
        <translation>
            <numerusform>%n 枚の画像が失敗しました:</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Networks…</source>
        <translation>ネットワークの一覧…</translation>
    </message>
    <message>
        <source>Fast is ready in half precision on {0}: same best class as Exact on {1} of {2} pictures, probabilities differ by at most {3}.</source>
        <translation>「高速」の準備ができました。{0} で半精度を使い、画像 {2} 枚中 {1} 枚で「厳密」と同じ最上位クラスでした。確率の差は最大 {3} でした。</translation>
    </message>
    <message>
        <source>Fast is ready: {0} times as fast as Exact, same best class on {1} of {2} pictures, probabilities differ by at most {3}.</source>
        <translation>「高速」の準備ができました。「厳密」の {0} 倍の速さで、{2} 枚中 {1} 枚の画像で最上位のクラスが一致しました。確率の差は最大で {3} でした。</translation>
    </message>
    <message>
        <source>Fast is not available here: {0}.</source>
        <translation>ここでは「高速」を使えません: {0}。</translation>
    </message>
    <message>
        <source>{0} failed: {1}. Continuing on the CPU; no picture is skipped.</source>
        <translation>{0} でエラーが発生しました: {1}。CPU で続行します。抜ける画像はありません。</translation>
    </message>
    <message numerus="yes">
        <source>Fetch %n picture(s) from {0}? The site will see your IP address; nothing else is sent.</source>
        <translation>
            <numerusform>%n 枚の画像を {0} から取得しますか? サイトには IP アドレスが伝わりますが、それ以外は送信されません。</numerusform>
        </translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>もう一度テスト</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>取得</translation>
    </message>
    <message>
        <source>Always fetch</source>
        <translation>常に取得</translation>
    </message>
    <message>
        <source>Do not fetch</source>
        <translation>取得しない</translation>
    </message>
    <message>
        <source>Files on {0} cannot be opened directly. Copy them to this computer, or mount the share as a folder, and open them from there.</source>
        <translation>{0} 上のファイルは直接開けません。このコンピューターにコピーするか、共有をフォルダーとしてマウントして、そこから開いてください。</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Pict&amp;ures</source>
        <translation>画像(&amp;U)</translation>
    </message>
    <message>
        <source>Net&amp;works</source>
        <translation>ネットワーク(&amp;W)</translation>
    </message>
    <message>
        <source>De&amp;vices</source>
        <translation>デバイス(&amp;V)</translation>
    </message>
    <message>
        <source>Se&amp;ttings</source>
        <translation>設定(&amp;T)</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
</context>
<context>
    <name>PrecisionSwitch</name>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>厳密</translation>
    </message>
    <message>
        <source>The published network, in 32-bit floating point</source>
        <translation>公開されているネットワーク（32 ビット浮動小数点）</translation>
    </message>
    <message>
        <source>Preparing the fast version. Choose Exact to cancel.</source>
        <translation>高速版を準備しています。「厳密」を選ぶと中止します。</translation>
    </message>
    <message>
        <source>Not available here: {0}.</source>
        <translation>ここでは使えません: {0}。</translation>
    </message>
    <message>
        <source>In half precision on {0}; prepared once on this computer (about 15 seconds)</source>
        <translation>{0} で半精度。このコンピューターで一度だけ準備します（約 15 秒）</translation>
    </message>
    <message>
        <source>In 8-bit integers; prepared once on this computer (about half a minute)</source>
        <translation>8 ビット整数。このコンピューターで一度だけ準備します（約 30 秒）</translation>
    </message>
    <message>
        <source>In 8-bit integers; {0} times as fast as Exact</source>
        <translation>8 ビット整数。「厳密」の {0} 倍の速さです</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>高速</translation>
    </message>
    <message>
        <source>Fast: {0}</source>
        <translation>高速: {0}</translation>
    </message>
    <message>
        <source>In half precision on {0}</source>
        <translation>{0} で半精度</translation>
    </message>
</context>
<context>
    <name>PreprocessingForm</name>
    <message>
        <source>&amp;Preprocessing</source>
        <translation>前処理(&amp;P)</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>前処理</translation>
    </message>
    <message>
        <source>Choose how it was trained…</source>
        <translation>学習時の方法を選択…</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>ファイルから…</translation>
    </message>
    <message>
        <source>Preprocessing from a file…</source>
        <translation>前処理をファイルから…</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>すべての設定</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Keep the aspect ratio and crop the middle</source>
        <translation>縦横比を保って中央を切り抜く</translation>
    </message>
    <message>
        <source>Squash to the size</source>
        <translation>サイズに合わせて変形する</translation>
    </message>
    <message>
        <source>Resize first to</source>
        <translation>先に縮小するサイズ</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>最近傍</translation>
    </message>
    <message>
        <source>Bilinear</source>
        <translation>バイリニア</translation>
    </message>
    <message>
        <source>Bicubic</source>
        <translation>バイキュービック</translation>
    </message>
    <message>
        <source>RGB: red, green, blue</source>
        <translation>RGB：赤、緑、青</translation>
    </message>
    <message>
        <source>BGR: blue, green, red</source>
        <translation>BGR：青、緑、赤</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>グレー</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>標準偏差</translation>
    </message>
    <message>
        <source>Found by trial</source>
        <translation>試して判断</translation>
    </message>
    <message>
        <source>Logits</source>
        <translation>ロジット</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>確率</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>パーセント</translation>
    </message>
    <message>
        <source>Independent classes</source>
        <translation>独立したクラス</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>補間</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>チャンネル</translation>
    </message>
    <message>
        <source>Divide by</source>
        <translation>割る数</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>出力</translation>
    </message>
    <message>
        <source>This is not a number: {text}</source>
        <translation>これは数値ではありません：{text}</translation>
    </message>
    <message>
        <source>Pixels are divided by a number of at least 1.</source>
        <translation>ピクセルを割る数は 1 以上にしてください。</translation>
    </message>
    <message>
        <source>Each deviation must be above 0.</source>
        <translation>標準偏差はすべて 0 より大きくしてください。</translation>
    </message>
    <message>
        <source>The network fixes it.</source>
        <translation>ネットワークによって決まっています。</translation>
    </message>
    <message>
        <source>red</source>
        <translation>赤</translation>
    </message>
    <message>
        <source>green</source>
        <translation>緑</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>青</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>グレー</translation>
    </message>
    <message>
        <source>From {file}.</source>
        <translation>{file} から。</translation>
    </message>
    <message>
        <source>The numbers are under “All settings”.</source>
        <translation>数値は「すべての設定」にあります。</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>すべてのファイル</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>ImageNet: mean and deviation</source>
        <translation>ImageNet：平均と標準偏差</translation>
    </message>
    <message>
        <source>Colours from -1 to 1</source>
        <translation>色は -1 から 1</translation>
    </message>
    <message>
        <source>Colours from 0 to 1</source>
        <translation>色は 0 から 1</translation>
    </message>
    <message>
        <source>Colours from 0 to 255</source>
        <translation>色は 0 から 255</translation>
    </message>
    <message>
        <source>BGR with means (Caffe)</source>
        <translation>BGR と平均値 (Caffe)</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>カスタム</translation>
    </message>
    <message>
        <source>As torchvision, timm and most networks made with PyTorch.</source>
        <translation>torchvision、timm など、PyTorch で作られたほとんどのネットワーク。</translation>
    </message>
    <message>
        <source>As Teachable Machine, MobileNet and Inception of Keras.</source>
        <translation>Teachable Machine、Keras の MobileNet や Inception など。</translation>
    </message>
    <message>
        <source>As many networks of one&apos;s own, and Ultralytics.</source>
        <translation>自分で学習させた多くのネットワークや Ultralytics など。</translation>
    </message>
    <message>
        <source>As networks that scale the colours themselves, such as EfficientNet of Keras.</source>
        <translation>Keras の EfficientNet など、色の変換を自分で行うネットワーク。</translation>
    </message>
    <message>
        <source>As VGG and ResNet of Keras, and networks made with Caffe.</source>
        <translation>Keras の VGG や ResNet、Caffe で作られたネットワークなど。</translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message>
        <source>Progress of {name}</source>
        <translation>{name} の進行状況</translation>
    </message>
</context>
<context>
    <name>Provenance</name>
    <message>
        <source>Previous answer; {1} was stopped</source>
        <translation>以前の回答。{1} は停止しました</translation>
    </message>
    <message>
        <source>{0}&apos;s answer; {1} was stopped</source>
        <translation>{0} の回答。{1} は停止しました</translation>
    </message>
    <message>
        <source>Previous answer; {1} is paused</source>
        <translation>以前の回答。{1} は一時停止中です</translation>
    </message>
    <message>
        <source>{0}&apos;s answer; {1} is paused</source>
        <translation>{0} の回答。{1} は一時停止中です</translation>
    </message>
    <message>
        <source>Previous answer; {1} is computing…</source>
        <translation>以前の回答。{1} が計算中です…</translation>
    </message>
    <message>
        <source>{0}&apos;s answer; {1} is computing…</source>
        <translation>{0} の回答。{1} が計算中です…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>寸法</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>更新日時</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>撮影日時</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>カメラ</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>備考</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>Execution provider</source>
        <translation>実行プロバイダー</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>厳密</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>高速</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Decoding</source>
        <translation>デコード</translation>
    </message>
    <message>
        <source>All pixels</source>
        <translation>全ピクセル</translation>
    </message>
    <message>
        <source>JPEG decoded at a reduced size (draft)</source>
        <translation>縮小サイズでデコードした JPEG（ドラフト）</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>前処理</translation>
    </message>
    <message>
        <source>{0} ms: decode {1} ms, resize {2} ms, network {3} ms</source>
        <translation>{0} ms：デコード {1} ms、リサイズ {2} ms、推論 {3} ms</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Other devices</source>
        <translation>他のデバイス</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>Published file</source>
        <translation>公開ファイル</translation>
    </message>
    <message>
        <source>Graph over the published file&apos;s weights</source>
        <translation>公開ファイルの重みを使うグラフ</translation>
    </message>
    <message>
        <source>Winograd convolutions</source>
        <translation>Winograd 畳み込み</translation>
    </message>
    <message>
        <source>8-bit integers</source>
        <translation>8 ビット整数</translation>
    </message>
    <message>
        <source>Half precision (16-bit)</source>
        <translation>半精度（16 ビット）</translation>
    </message>
    <message>
        <source>nearest pixel</source>
        <translation>最近傍</translation>
    </message>
    <message>
        <source>bilinear</source>
        <translation>バイリニア</translation>
    </message>
    <message>
        <source>bicubic</source>
        <translation>バイキュービック</translation>
    </message>
    <message>
        <source>squashed to {0} ({1})</source>
        <translation>{0}に変形（{1}）</translation>
    </message>
    <message>
        <source>shorter side resized to {0} ({1})</source>
        <translation>短辺を{0}にリサイズ（{1}）</translation>
    </message>
    <message>
        <source>resized to cover {0} ({1})</source>
        <translation>{0}を覆うようにリサイズ（{1}）</translation>
    </message>
    <message>
        <source>{0} pixels</source>
        <translation>{0} ピクセル</translation>
    </message>
    <message>
        <source>Cropped to the middle {0}</source>
        <translation>中央を切り抜き：{0}</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>グレー</translation>
    </message>
    <message>
        <source>values / {0}</source>
        <translation>値 / {0}</translation>
    </message>
    <message>
        <source>Mean {0}; standard deviation {1}</source>
        <translation>平均 {0}、標準偏差 {1}</translation>
    </message>
    <message>
        <source>{0} × {1} pixels</source>
        <translation>{0} × {1} ピクセル</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近使った項目を開く(&amp;R)</translation>
    </message>
    <message>
        <source>Clear list</source>
        <translation>履歴を消去</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report a problem</source>
        <translation>問題を報告</translation>
    </message>
    <message>
        <source>Copy this text and send it, with what you did and what happened, to where you got VGG Desktop from. Nothing is sent automatically. The text has neither your pictures&apos; names nor your folders.</source>
        <translation>このテキストをコピーし、行った操作と起きたことを添えて、VGG Desktop の入手元に送ってください。自動で送信されるものはありません。画像の名前やフォルダーは含まれません。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>レポート</translation>
    </message>
    <message>
        <source>Still collecting facts about the devices…</source>
        <translation>デバイスの情報を収集しています…</translation>
    </message>
</context>
<context>
    <name>ResultsModel</name>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>処理中…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Click to select the group, and its number to show nothing else</source>
        <translation>クリックでグループを選択、数字のクリックでそれだけを表示</translation>
    </message>
    <message>
        <source>Group {0}</source>
        <translation>グループ {0}</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不確か</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Not classified yet</source>
        <translation>未分類</translation>
    </message>
    <message numerus="yes">
        <source>Group {0}: %n picture(s)</source>
        <translation>
            <numerusform>グループ {0}: 画像 %n 枚</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, folded</source>
        <translation>{0}、折りたたみ</translation>
    </message>
    <message>
        <source>{network}: {label}</source>
        <translation>{network}: {label}</translation>
    </message>
    <message>
        <source>Not sure: {0}</source>
        <translation>不確か: {0}</translation>
    </message>
</context>
<context>
    <name>ScopeChoice</name>
    <message>
        <source>All {0}</source>
        <translation>すべて {0}</translation>
    </message>
    <message>
        <source>{0} shown</source>
        <translation>表示中の {0} 枚</translation>
    </message>
    <message>
        <source>{0} selected</source>
        <translation>{0} 枚を選択</translation>
    </message>
</context>
<context>
    <name>SeenPicture</name>
    <message>
        <source>The picture as the network sees it</source>
        <translation>ネットワークから見た画像</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Set by your administrator.</source>
        <translation>管理者が設定しています。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Same as system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Fetch p&amp;ictures from links</source>
        <translation>リンク先の画像を取得する(&amp;I)</translation>
    </message>
    <message>
        <source>Check for &amp;updates at every start</source>
        <translation>起動のたびに更新を確認する(&amp;U)</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>しない</translation>
    </message>
    <message>
        <source>Networks folder</source>
        <translation>ネットワークのフォルダー</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>設定のファイル</translation>
    </message>
    <message>
        <source>Log folder</source>
        <translation>ログのフォルダー</translation>
    </message>
    <message>
        <source>&amp;Change…</source>
        <translation>変更(&amp;C)…</translation>
    </message>
    <message>
        <source>Use &amp;default folder</source>
        <translation>既定のフォルダーを使用(&amp;D)</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>フォルダーを開く</translation>
    </message>
    <message>
        <source>Open the settings folder</source>
        <translation>設定のフォルダーを開く</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>ログのフォルダーを開く</translation>
    </message>
    <message>
        <source>&amp;Reset all settings…</source>
        <translation>すべての設定をリセット(&amp;R)…</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>ウィンドウ</translation>
    </message>
    <message>
        <source>&amp;Appearance:</source>
        <translation>外観(&amp;A):</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>言語(&amp;L):</translation>
    </message>
    <message>
        <source>How many classes are shown per picture.</source>
        <translation>1 枚の画像に表示するクラスの数です。</translation>
    </message>
    <message>
        <source>Results &amp;per picture:</source>
        <translation>画像ごとの結果数(&amp;P):</translation>
    </message>
    <message>
        <source>A picture whose best class is less probable is shown as “not sure”.</source>
        <translation>最上位のクラスの確率がこれより低い画像は「不確か」と表示されます。</translation>
    </message>
    <message>
        <source>Not &amp;sure below:</source>
        <translation>不確かとする確率(&amp;U):</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>More threads are not always faster.</source>
        <translation>スレッドを増やしても速くなるとは限りません。</translation>
    </message>
    <message>
        <source>Processor &amp;threads:</source>
        <translation>プロセッサのスレッド数(&amp;T):</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>フォルダー:</translation>
    </message>
    <message>
        <source>Shared networks:</source>
        <translation>共有ネットワーク:</translation>
    </message>
    <message>
        <source>Internet</source>
        <translation>インターネット</translation>
    </message>
    <message>
        <source>Otherwise the internet is used only to download the networks that you choose.</source>
        <translation>これ以外にインターネットを使うのは、選択したネットワークをダウンロードするときだけです。</translation>
    </message>
    <message>
        <source>One server is contacted; it sees only your IP address.</source>
        <translation>問い合わせ先は 1 か所で、伝わるのは IP アドレスだけです。</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>無効</translation>
    </message>
    <message>
        <source>Downloads of networks:</source>
        <translation>ネットワークのダウンロード:</translation>
    </message>
    <message>
        <source>Mirror of networks:</source>
        <translation>ネットワークのミラー:</translation>
    </message>
    <message>
        <source>Network proxy:</source>
        <translation>プロキシ:</translation>
    </message>
    <message>
        <source>The system&apos;s proxy is used.</source>
        <translation>システムのプロキシを使用します。</translation>
    </message>
    <message>
        <source>App files</source>
        <translation>アプリのファイル</translation>
    </message>
    <message>
        <source>Settings:</source>
        <translation>設定:</translation>
    </message>
    <message>
        <source>Log:</source>
        <translation>ログ:</translation>
    </message>
    <message>
        <source>Choose a folder for the networks</source>
        <translation>ネットワークのフォルダーを選択</translation>
    </message>
    <message>
        <source>Reset all settings to their defaults and clear the list of recent pictures? Installed networks stay in their folder.</source>
        <translation>すべての設定を既定値に戻し、最近使った画像の一覧を消去しますか? インストール済みのネットワークはそのまま残ります。</translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation>すべての設定のリセット</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>リセット</translation>
    </message>
</context>
<context>
    <name>SizeField</name>
    <message>
        <source>width</source>
        <translation>幅</translation>
    </message>
    <message>
        <source>height</source>
        <translation>高さ</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>ピクセル</translation>
    </message>
</context>
<context>
    <name>SortButton</name>
    <message>
        <source>Order added</source>
        <translation>追加順</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>名前順</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>クラス順</translation>
    </message>
    <message>
        <source>Most certain first</source>
        <translation>確率の高い順</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>確率の低い順</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>グループなし</translation>
    </message>
    <message>
        <source>Group by class, largest first</source>
        <translation>クラスごと、枚数の多い順</translation>
    </message>
    <message>
        <source>Group by class, in alphabetical order</source>
        <translation>クラスごと、名前順</translation>
    </message>
    <message>
        <source>Update order</source>
        <translation>並びを更新</translation>
    </message>
    <message>
        <source>Sort and group</source>
        <translation>並べ替えとグループ化</translation>
    </message>
    <message>
        <source>Sort and group the pictures</source>
        <translation>画像の並べ替えとグループ化</translation>
    </message>
</context>
<context>
    <name>SortDialog</name>
    <message>
        <source>Sort into folders</source>
        <translation>フォルダーに仕分け</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Pictures below</source>
        <translation>次の確率より低い画像</translation>
    </message>
    <message>
        <source>Probability below which a picture is unsure</source>
        <translation>不確かとみなす確率の上限</translation>
    </message>
    <message>
        <source>What to do with unsure pictures</source>
        <translation>不確かな画像の扱い</translation>
    </message>
    <message>
        <source>go into the folder “not sure”</source>
        <translation>フォルダー「不確か」に入れる</translation>
    </message>
    <message>
        <source>not sure</source>
        <comment>name of a folder</comment>
        <translation>不確か</translation>
    </message>
    <message>
        <source>are left out</source>
        <translation>除外する</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Hard link (takes no space)</source>
        <translation>ハードリンク (容量を使いません)</translation>
    </message>
    <message>
        <source>A picture and its hard link are one file: editing one changes both.</source>
        <translation>画像とそのハードリンクは同じファイルです。一方を編集すると両方が変わります。</translation>
    </message>
    <message>
        <source>Hard links need a folder on the disk of the pictures.</source>
        <translation>ハードリンクには画像と同じディスクのフォルダーが必要です。</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>仕分け</translation>
    </message>
    <message>
        <source>Which pictures</source>
        <translation>対象の画像</translation>
    </message>
    <message>
        <source>Into a sub-folder per class in</source>
        <translation>クラスごとのサブフォルダーを作る場所</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不確か</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>フォルダーを選択</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>フォルダーを選択してください。</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>集計しています…</translation>
    </message>
    <message>
        <source>no extra space</source>
        <translation>追加容量なし</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>画像 %n 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>フォルダー %n 個</numerusform>
        </translation>
    </message>
    <message>
        <source>{pictures} into {folders}, {size}</source>
        <translation>{pictures} → {folders}、{size}</translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n 枚を除外</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Stepping</name>
    <message>
        <source>Previous picture</source>
        <translation>前の画像</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>次の画像</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
</context>
<context>
    <name>TrialPanel</name>
    <message>
        <source>Strange colours mean: other numbers than ImageNet&apos;s. Whether they fit, the answer tells.</source>
        <translation>色がおかしく見えるのは、ImageNet と異なる数値だからです。合っているかどうかは答えで判断してください。</translation>
    </message>
    <message>
        <source>What the network sees and answers</source>
        <translation>ネットワークの見え方と答え</translation>
    </message>
    <message>
        <source>Answer for the picture</source>
        <translation>画像への答え</translation>
    </message>
    <message>
        <source>Another picture…</source>
        <translation>別の画像…</translation>
    </message>
    <message>
        <source>Strange colours mean: other numbers than those saved.</source>
        <translation>色がおかしく見えるのは、保存された数値と異なるからです。</translation>
    </message>
    <message>
        <source>The network is being tried…</source>
        <translation>ネットワークを試しています…</translation>
    </message>
    <message>
        <source>{size} pixels, numbers from {low} to {high}.</source>
        <translation>{size} ピクセル、数値は {low} から {high}。</translation>
    </message>
    <message>
        <source>Choose the preprocessing to see what the network answers.</source>
        <translation>前処理を選ぶと、ネットワークの答えが表示されます。</translation>
    </message>
</context>
<context>
    <name>UpdateNotices</name>
    <message>
        <source>VGG Desktop {0} is available.</source>
        <translation>VGG Desktop {0} を入手できます。</translation>
    </message>
    <message>
        <source>Open web page</source>
        <translation>Web ページを開く</translation>
    </message>
    <message>
        <source>VGG Desktop is up to date.</source>
        <translation>VGG Desktop は最新です。</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop pictures here</source>
        <translation>ここに画像をドロップ</translation>
    </message>
    <message>
        <source>Pictures, folders, links, pictures from the browser or the clipboard, or a network as .onnx or .zip</source>
        <translation>画像、フォルダー、リンク、ブラウザーやクリップボードの画像、または .onnx か .zip 形式のネットワーク</translation>
    </message>
    <message>
        <source>Names and results of pictures are remembered on this computer only; the settings can switch that off.</source>
        <translation>画像の名前と結果はこのコンピューターにだけ記憶されます。設定でオフにできます。</translation>
    </message>
    <message>
        <source>Supported: {formats}</source>
        <translation>対応形式: {formats}</translation>
    </message>
    <message>
        <source>Open pictures…</source>
        <translation>画像を開く…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>フォルダーを開く…</translation>
    </message>
    <message numerus="yes">
        <source>Continue with the last %n picture(s)</source>
        <translation>
            <numerusform>前回の %n 枚の続きから</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} ({1} done)</source>
        <translation>{0}（{1} 枚完了）</translation>
    </message>
    <message>
        <source>or try one of these</source>
        <translation>または、次の画像を試す</translation>
    </message>
</context>
</TS>
