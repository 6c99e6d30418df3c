; The Windows installer. For one user, which is the default, it needs no administrator and touches nothing outside the
; user's own folders and registry; with /ALLUSERS an administrator installs for everybody. SHCTX is HKCU or HKLM then.
; installers/windows_setup.py compiles it and sets VERSION, FOUR_PART_VERSION, PAYLOAD, ICON, SIDE_PICTURE, COMPRESSOR,
; KILOBYTES, OUTPUT, and GENERATED with the macros Extensions and DeletePayload. Silent: /S; another folder: /D=..., as
; the last word.
; Exit codes: 0 done, 1 cancelled by the user, 2 not possible (too old a Windows, or the program is running), 740 (the
; system's ERROR_ELEVATION_REQUIRED) silent with /ALLUSERS, and not as an administrator.

Unicode true
Target amd64-unicode
SetCompressor ${COMPRESSOR}
ManifestDPIAware true
RequestExecutionLevel user

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include "${GENERATED}"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\VGG Desktop"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\vgg-desktop.exe"
!define APPLICATION "Software\Classes\Applications\VGG Desktop.exe"
!define PICTURE "VggDesktop.Picture"
!define OWN_FILES "$LOCALAPPDATA\vgg-desktop"
!define NOT_ELEVATED 740

Name "VGG Desktop"
OutFile "${OUTPUT}"
Var AllUsers ; "yes" or ""
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
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
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
LangString RUNNING ${LANG_GERMAN} "VGG Desktop läuft. Schließe das Fenster und versuche es noch einmal."
LangString RUNNING ${LANG_JAPANESE} "VGG Desktop が実行中です。ウィンドウを閉じてから、もう一度お試しください。"
LangString DELETE_OWN ${LANG_ENGLISH} "Also delete the networks you downloaded or imported, and your settings?$\r$\n${OWN_FILES}"
LangString DELETE_OWN ${LANG_GERMAN} "Auch die geladenen und importierten Netze und deine Einstellungen löschen?$\r$\n${OWN_FILES}"
LangString DELETE_OWN ${LANG_JAPANESE} "ダウンロードまたは取り込んだネットワークと設定も削除しますか?$\r$\n${OWN_FILES}"
LangString ADMINISTRATOR ${LANG_ENGLISH} "For all users, this needs an administrator."
LangString ADMINISTRATOR ${LANG_GERMAN} "Für alle Benutzer braucht das Administratorrechte."
LangString ADMINISTRATOR ${LANG_JAPANESE} "すべてのユーザーを対象とするには管理者の権限が必要です。"
LangString COMMENT ${LANG_ENGLISH} "See what a neural network sees in a picture"
LangString COMMENT ${LANG_GERMAN} "Sehen, was ein neuronales Netz in einem Bild erkennt"
LangString COMMENT ${LANG_JAPANESE} "ニューラルネットワークが画像に何を見るかを確かめる"

; Go on as an administrator, for all users: the system asks where somebody looks on, and silently nothing is asked.
!macro ForAllUsers program
  StrCpy $AllUsers "yes"
  SetShellVarContext all
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 != "Admin"
    ${IfNot} ${Silent}
      ClearErrors
      SetErrorLevel 0
      ExecShell "runas" "${program}" "/ALLUSERS"
      ${If} ${Errors}
        MessageBox MB_OK|MB_ICONSTOP "$(ADMINISTRATOR)"
        SetErrorLevel ${NOT_ELEVATED}
      ${EndIf}
    ${Else}
      SetErrorLevel ${NOT_ELEVATED}
    ${EndIf}
    Quit
  ${EndIf}
!macroend

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
  WriteRegStr SHCTX "${APPLICATION}\SupportedTypes" "${extension}" ""
  WriteRegStr SHCTX "Software\Classes\${extension}\OpenWithProgids" "${PICTURE}" ""
  WriteRegStr SHCTX "Software\VGG Desktop\Capabilities\FileAssociations" "${extension}" "${PICTURE}"
!macroend

!macro OfferNoMoreFor extension
  DeleteRegValue SHCTX "Software\Classes\${extension}\OpenWithProgids" "${PICTURE}"
  DeleteRegKey /ifempty SHCTX "Software\Classes\${extension}\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "Software\Classes\${extension}"
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
  StrCpy $1 "$LOCALAPPDATA\Programs\VGG Desktop"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $2
  ${IfNot} ${Errors}
    !insertmacro ForAllUsers "$EXEPATH"
    StrCpy $1 "$PROGRAMFILES64\VGG Desktop"
  ${EndIf}
  ${If} $INSTDIR == "" ; else /D= has set it
    ReadRegStr $INSTDIR SHCTX "${UNINSTALL}" "InstallLocation"
    ${If} $INSTDIR == ""
      StrCpy $INSTDIR $1
    ${EndIf}
  ${EndIf}
FunctionEnd

Function un.onInit
  ReadRegStr $1 HKLM "${UNINSTALL}" "InstallLocation"
  ${If} $1 == $INSTDIR
    !insertmacro ForAllUsers "$INSTDIR\uninstall.exe"
  ${EndIf}
FunctionEnd

Function StartProgram
  ${If} $AllUsers == "yes"
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\VGG Desktop.exe"' ; which runs it as the user, not as an administrator
  ${Else}
    Exec '"$INSTDIR\VGG Desktop.exe"'
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

  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "VGG Desktop"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\VGG Desktop.exe"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "The VGG Desktop contributors"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  WriteRegStr SHCTX "${APP_PATH}" "" "$INSTDIR\vgg-desktop.exe"

  ; "Open with" for pictures; what opens them by default stays as it is.
  WriteRegStr SHCTX "${APPLICATION}" "FriendlyAppName" "VGG Desktop"
  WriteRegStr SHCTX "${APPLICATION}\shell\open\command" "" '"$INSTDIR\VGG Desktop.exe" gui "%1"'
  WriteRegStr SHCTX "Software\Classes\${PICTURE}\DefaultIcon" "" "$INSTDIR\VGG Desktop.exe,0"
  WriteRegStr SHCTX "Software\Classes\${PICTURE}\shell\open\command" "" '"$INSTDIR\VGG Desktop.exe" gui "%1"'
  WriteRegStr SHCTX "Software\VGG Desktop\Capabilities" "ApplicationName" "VGG Desktop"
  WriteRegStr SHCTX "Software\VGG Desktop\Capabilities" "ApplicationDescription" "$(COMMENT)"
  WriteRegStr SHCTX "Software\RegisteredApplications" "VGG Desktop" "Software\VGG Desktop\Capabilities"
  !insertmacro Extensions OfferFor
  !insertmacro TellExplorer
SectionEnd

Section "Uninstall"
  !insertmacro LeaveIfRunning
  !insertmacro DeletePayload
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\VGG Desktop.lnk"

  DeleteRegKey SHCTX "${UNINSTALL}"
  DeleteRegKey SHCTX "${APP_PATH}"
  DeleteRegKey SHCTX "${APPLICATION}"
  DeleteRegKey SHCTX "Software\Classes\${PICTURE}"
  DeleteRegKey SHCTX "Software\VGG Desktop"
  DeleteRegValue SHCTX "Software\RegisteredApplications" "VGG Desktop"
  !insertmacro Extensions OfferNoMoreFor
  !insertmacro TellExplorer

  ; The files of all users are not the administrator's to delete, and with this context the folder is ProgramData.
  ${If} $AllUsers != "yes"
  ${AndIf} ${FileExists} "${OWN_FILES}\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DELETE_OWN)" /SD IDNO IDNO keep
    RMDir /r "${OWN_FILES}"
    keep:
  ${EndIf}
SectionEnd
