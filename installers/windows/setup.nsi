; The Windows installer, for one person: no administrator, and nothing outside their own folders and registry.
; installers/windows_setup.py compiles it and gives VERSION, FOUR_PART_VERSION, PAYLOAD, ICON, SIDE_PICTURE, COMPRESSOR,
; KILOBYTES, OUTPUT, and GENERATED with the macros Extensions and DeletePayload. Silent: /S; another folder: /D=...

Unicode true
Target amd64-unicode
SetCompressor ${COMPRESSOR}
ManifestDPIAware true
RequestExecutionLevel user

!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include "${GENERATED}"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\VGG Desktop"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\vgg-desktop.exe"
!define APPLICATION "Software\Classes\Applications\VGG Desktop.exe"
!define PICTURE "VggDesktop.Picture"
!define OWN_FILES "$LOCALAPPDATA\vgg-desktop"

Name "VGG Desktop"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\VGG Desktop"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "VGG Desktop ${VERSION}"

VIProductVersion "${FOUR_PART_VERSION}"
VIAddVersionKey "ProductName" "VGG Desktop"
VIAddVersionKey "FileDescription" "Installs VGG Desktop"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Apache-2.0"

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE_PICTURE}"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_FINISHPAGE_RUN "$INSTDIR\VGG Desktop.exe"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Japanese"

LangString TOO_OLD ${LANG_ENGLISH} "VGG Desktop needs Windows 10 or newer."
LangString TOO_OLD ${LANG_GERMAN} "VGG Desktop braucht Windows 10 oder neuer."
LangString TOO_OLD ${LANG_JAPANESE} "VGG Desktop には Windows 10 以降が必要です。"
LangString RUNNING ${LANG_ENGLISH} "VGG Desktop is running. Close its window, then try again."
LangString RUNNING ${LANG_GERMAN} "VGG Desktop läuft. Schließen Sie das Fenster und versuchen Sie es noch einmal."
LangString RUNNING ${LANG_JAPANESE} "VGG Desktop が実行中です。ウィンドウを閉じてから、もう一度お試しください。"
LangString DELETE_OWN ${LANG_ENGLISH} "Also delete the networks you downloaded or imported, and your settings?$\r$\n${OWN_FILES}"
LangString DELETE_OWN ${LANG_GERMAN} "Auch die geladenen und importierten Netze und Ihre Einstellungen löschen?$\r$\n${OWN_FILES}"
LangString DELETE_OWN ${LANG_JAPANESE} "ダウンロードまたは取り込んだネットワークと設定も削除しますか?$\r$\n${OWN_FILES}"
LangString COMMENT ${LANG_ENGLISH} "See what a neural network sees in a picture"
LangString COMMENT ${LANG_GERMAN} "Sehen, was ein neuronales Netz in einem Bild erkennt"
LangString COMMENT ${LANG_JAPANESE} "ニューラルネットワークが画像に何を見るかを確かめる"

; A program that runs cannot be deleted, so trying to write to it tells.
!macro LeaveIfRunning
  again:
  ${If} ${FileExists} "$INSTDIR\VGG Desktop.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\VGG Desktop.exe" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

!macro OfferFor extension
  WriteRegStr HKCU "${APPLICATION}\SupportedTypes" "${extension}" ""
  WriteRegStr HKCU "Software\Classes\${extension}\OpenWithProgids" "${PICTURE}" ""
  WriteRegStr HKCU "Software\VGG Desktop\Capabilities\FileAssociations" "${extension}" "${PICTURE}"
!macroend

!macro OfferNoMoreFor extension
  DeleteRegValue HKCU "Software\Classes\${extension}\OpenWithProgids" "${PICTURE}"
  DeleteRegKey /ifempty HKCU "Software\Classes\${extension}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\${extension}"
!macroend

!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Section
  !insertmacro LeaveIfRunning
  ; An older version takes away its own files, as this one may have fewer.
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    ExecWait '"$INSTDIR\uninstall.exe" /S _?=$INSTDIR'
  ${EndIf}

  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\VGG Desktop.lnk" "$INSTDIR\VGG Desktop.exe" "" "" 0 SW_SHOWNORMAL "" "$(COMMENT)"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "VGG Desktop"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\VGG Desktop.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The VGG Desktop contributors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\vgg-desktop.exe"

  ; "Open with" for pictures; what opens them by default stays as it is.
  WriteRegStr HKCU "${APPLICATION}" "FriendlyAppName" "VGG Desktop"
  WriteRegStr HKCU "${APPLICATION}\shell\open\command" "" '"$INSTDIR\VGG Desktop.exe" gui "%1"'
  WriteRegStr HKCU "Software\Classes\${PICTURE}\DefaultIcon" "" "$INSTDIR\VGG Desktop.exe,0"
  WriteRegStr HKCU "Software\Classes\${PICTURE}\shell\open\command" "" '"$INSTDIR\VGG Desktop.exe" gui "%1"'
  WriteRegStr HKCU "Software\VGG Desktop\Capabilities" "ApplicationName" "VGG Desktop"
  WriteRegStr HKCU "Software\VGG Desktop\Capabilities" "ApplicationDescription" "$(COMMENT)"
  WriteRegStr HKCU "Software\RegisteredApplications" "VGG Desktop" "Software\VGG Desktop\Capabilities"
  !insertmacro Extensions OfferFor
  !insertmacro TellExplorer
SectionEnd

Section "Uninstall"
  !insertmacro LeaveIfRunning
  !insertmacro DeletePayload
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\VGG Desktop.lnk"

  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${APP_PATH}"
  DeleteRegKey HKCU "${APPLICATION}"
  DeleteRegKey HKCU "Software\Classes\${PICTURE}"
  DeleteRegKey HKCU "Software\VGG Desktop"
  DeleteRegValue HKCU "Software\RegisteredApplications" "VGG Desktop"
  !insertmacro Extensions OfferNoMoreFor
  !insertmacro TellExplorer

  ${If} ${FileExists} "${OWN_FILES}\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DELETE_OWN)" /SD IDNO IDNO keep
    RMDir /r "${OWN_FILES}"
    keep:
  ${EndIf}
SectionEnd
