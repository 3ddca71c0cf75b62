# Locks a Windows PC for the kiosk, shows what it would change, or undoes it. For Windows PowerShell 5.1, as
# administrator. The file is UTF-8 with a BOM.
#Requires -Version 5.1
#Requires -RunAsAdministrator
# Nothing is changed without -Mode Apply. The previous settings are saved first, for -Mode Undo.
[CmdletBinding()]
param(
  [ValidateSet('DryRun', 'Apply', 'Undo')] [string]$Mode = 'DryRun',
  # Internal: the script runs itself as SYSTEM, the only account that can use the WMI bridge of device management.
  [ValidateSet('', 'Read', 'Write', 'Clear')] [string]$Bridge = '',
  [string]$Answer = ''
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$Folder = Join-Path $env:ProgramData 'point-numerique'
$Before = Join-Path $Folder 'before-lock.json'
$Program = Join-Path $env:ProgramFiles 'point-numerique\point-numerique.exe'
$Group = 'point-numerique'
$Scheme = '6d2f4f0e-3a0e-4d1b-9f55-9d4b8c7e2a10'
$Class = @{ Namespace = 'root\cimv2\mdm\dmmap'; ClassName = 'MDM_AssignedAccess' }
$Filter = @{ Namespace = 'root\standardcimv2\embedded'; ClassName = 'WEKF_PredefinedKey' }

# Edition numbers (GetProductInfo) with Shell Launcher, and with Assigned Access only. Home has neither.
$ShellEditions = 4, 27, 72, 84, 121, 122, 125, 126, 188, 191
$ProEditions = 48, 49, 161, 162, 164, 165
$Edition = [int](Get-CimInstance -ClassName Win32_OperatingSystem).OperatingSystemSKU
$HasShellLauncher = $ShellEditions -contains $Edition
$Property = if ($HasShellLauncher) { 'ShellLauncher' } else { 'Configuration' }
$File = Join-Path $PSScriptRoot $(if ($HasShellLauncher) { 'shell-launcher.xml' } else { 'assigned-access.xml' })

# Supported from Windows 11 22H2 on. Earlier versions reject a configuration that contains it.
$Later = '(?s)<v5:StartPins>.*?</v5:StartPins>'

# Keys that lead out of the kiosk, by their names in Windows' keyboard filter. No key that people type with.
$LeadsOut = '^(Win|Windows|Application|Launch|Browser|Media)|Alt\+(F4|Esc|Tab|Space)$|Ctrl\+(Esc|F4|Tab)$|Shift\+Ctrl\+Esc|Ctrl\+Alt\+Del|NumLock|PrintScrn'

$Registry = @(
  # Updates are installed at night, and the PC restarts by itself.
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'; Name = 'NoAutoUpdate'; Value = 0 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'; Name = 'AUOptions'; Value = 4 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'; Name = 'ScheduledInstallDay'; Value = 0 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'; Name = 'ScheduledInstallTime'; Value = 3 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'; Name = 'AlwaysAutoRebootAtScheduledTime'; Value = 1 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU'; Name = 'AlwaysAutoRebootAtScheduledTimeMinutes'; Value = 15 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate'; Name = 'SetActiveHours'; Value = 1 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate'; Name = 'ActiveHoursStart'; Value = 6 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate'; Name = 'ActiveHoursEnd'; Value = 23 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate'; Name = 'SetUpdateNotificationLevel'; Value = 1 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate'; Name = 'UpdateNotificationLevel'; Value = 2 }
  # No edge swipes, app suggestions or user switching over the kiosk.
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\EdgeUI'; Name = 'AllowEdgeSwipe'; Value = 0 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\CloudContent'; Name = 'DisableWindowsConsumerFeatures'; Value = 1 }
  @{ Path = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System'; Name = 'HideFastUserSwitching'; Value = 1 }
  # A locked session could not be unlocked: only Windows knows the password of the kiosk's account. Many security
  # baselines set 900.
  @{ Path = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System'; Name = 'InactivityTimeoutSecs'; Value = 0 }
  # Neither the sleep button, nor the lid, nor a menu puts the PC to sleep. The power button still switches it off.
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Power\PowerSettings\96996BC0-AD50-47EC-923B-6F41874DD9EB'; Name = 'ACSettingIndex'; Value = 0 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Power\PowerSettings\96996BC0-AD50-47EC-923B-6F41874DD9EB'; Name = 'DCSettingIndex'; Value = 0 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Power\PowerSettings\5CA83367-6E45-459F-A27B-476B1D01C936'; Name = 'ACSettingIndex'; Value = 0 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Power\PowerSettings\5CA83367-6E45-459F-A27B-476B1D01C936'; Name = 'DCSettingIndex'; Value = 0 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Power\PowerSettings\abfc2519-3608-4c2a-94ea-171b0ed546ab'; Name = 'ACSettingIndex'; Value = 0 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Power\PowerSettings\abfc2519-3608-4c2a-94ea-171b0ed546ab'; Name = 'DCSettingIndex'; Value = 0 }
  # No privacy questions before the kiosk, at the first sign-in or after a Windows upgrade.
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\OOBE'; Name = 'DisablePrivacyExperience'; Value = 1 }
  @{ Path = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\Explorer'; Name = 'NoDriveTypeAutoRun'; Value = 255 }
  # The kiosk cannot read USB keys on Windows yet, so USB storage is disabled.
  @{ Path = 'HKLM:\SYSTEM\CurrentControlSet\Services\USBSTOR'; Name = 'Start'; Value = 4 }
  # The clipboard of one person is not shown to the next, nor sent to another device.
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\System'; Name = 'AllowClipboardHistory'; Value = 0 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\System'; Name = 'AllowCrossDeviceClipboard'; Value = 0 }
  # The memory holds what people typed, so no copy of it may stay on the disk.
  @{ Path = 'HKLM:\SYSTEM\CurrentControlSet\Control\CrashControl'; Name = 'CrashDumpEnabled'; Value = 0 }
  @{ Path = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\Windows Error Reporting'; Name = 'Disabled'; Value = 1 }
  @{ Path = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management'; Name = 'ClearPageFileAtShutdown'; Value = 1 }
  @{ Path = 'HKLM:\SYSTEM\CurrentControlSet\Control\Power'; Name = 'HibernateEnabled'; Value = 0 }
)

# Per-account settings, written to the default profile: the account that Windows creates for the kiosk copies it.
$Hive = 'HKU\point-numerique'
$NewAccount = @(
  # Accessibility shortcuts that people press by accident: Shift five times opens a window over the kiosk, right Shift
  # for eight seconds makes the keyboard ignore short presses. The keyboard filter cannot block Shift.
  @{ Key = 'Control Panel\Accessibility\StickyKeys'; Name = 'Flags'; Value = '506' }
  @{ Key = 'Control Panel\Accessibility\Keyboard Response'; Name = 'Flags'; Value = '122' }
  @{ Key = 'Control Panel\Accessibility\ToggleKeys'; Name = 'Flags'; Value = '58' }
  @{ Key = 'Control Panel\Accessibility\MouseKeys'; Name = 'Flags'; Value = '58' }
  @{ Key = 'Control Panel\Accessibility\HighContrast'; Name = 'Flags'; Value = '122' }
  # "Lock" is the one Ctrl+Alt+Del option that Assigned Access does not remove.
  @{ Key = 'Software\Microsoft\Windows\CurrentVersion\Policies\System'; Name = 'DisableLockWorkstation'; Value = 1 }
)

function Get-RegistryValue([string]$Path, [string]$Name) {
  if (-not (Test-Path -LiteralPath $Path)) { return $null }
  # $null for a registry key without values: Windows 11 has one for its updates, and our own Undo leaves some.
  $item = Get-ItemProperty -LiteralPath $Path
  if ($null -ne $item -and $item.PSObject.Properties.Name -contains $Name) { return $item.$Name }
  return $null
}

# Runs a Windows program and throws when its exit code is not 0.
function Invoke-Program([string]$Path, [string[]]$Words) {
  $said = & (Join-Path $env:windir "System32\$Path") $Words
  if ($LASTEXITCODE -ne 0) { throw "$Path : $said" }
  return $said
}

# Runs a block with the registry hive of the default profile loaded. It can only be unloaded when all its keys are
# closed, so the block uses .NET, where keys are closed explicitly.
function Invoke-NewAccount([scriptblock]$Work) {
  [void](Invoke-Program reg.exe @('load', $Hive, (Join-Path $env:SystemDrive '\Users\Default\NTUSER.DAT')))
  try { return & $Work } finally { [void](Invoke-Program reg.exe @('unload', $Hive)) }
}

function Get-NewAccountValue($One) { return [Microsoft.Win32.Registry]::GetValue("HKEY_USERS\point-numerique\$($One.Key)", $One.Name, $null) }

# Sets the value, or deletes it when it is null.
function Set-NewAccountValue($One) {
  if ($null -ne $One.Value) { [Microsoft.Win32.Registry]::SetValue("HKEY_USERS\point-numerique\$($One.Key)", $One.Name, $One.Value); return }
  $open = [Microsoft.Win32.Registry]::Users.OpenSubKey("point-numerique\$($One.Key)", $true)
  if ($null -ne $open) { try { $open.DeleteValue($One.Name, $false) } finally { $open.Close() } }
}

function Test-Feature([string]$Name) {
  $feature = Get-WindowsOptionalFeature -Online -FeatureName $Name
  return ($null -ne $feature -and $feature.State -eq 'Enabled')
}

# The WMI bridge of device management only answers SYSTEM.
if ($Bridge -ne '') {
  $held = Get-CimInstance @Class
  if ($Bridge -eq 'Read') {
    $text = [string]$held.$Property
  } else {
    $text = if ($Bridge -eq 'Write') { [IO.File]::ReadAllText($File) } else { $null }
    if ($null -ne $text -and [Environment]::OSVersion.Version.Build -lt 22621) { $text = [regex]::Replace($text, $Later, '') }
    if ($null -ne $text) { $text = [Net.WebUtility]::HtmlEncode($text) }
    $held.$Property = $text
    [void](Set-CimInstance -CimInstance $held)
    $text = 'done'
  }
  # Renamed into place, because the caller polls for the file and must not read half of it.
  [IO.File]::WriteAllText("$Answer.part", [string]$text)
  [IO.File]::Move("$Answer.part", $Answer)
  exit 0
}

function Invoke-Bridge([string]$What) {
  $temp = Join-Path $env:windir 'Temp'
  $answerFile = Join-Path $temp ('point-numerique-' + [guid]::NewGuid().ToString('N') + '.txt')
  $words = '-NoProfile -NonInteractive -ExecutionPolicy Bypass -File "' + $PSCommandPath + '" -Bridge ' + $What + ' -Answer "' + $answerFile + '"'
  $powershell = Join-Path $env:windir 'System32\WindowsPowerShell\v1.0\powershell.exe'
  $action = New-ScheduledTaskAction -Execute $powershell -Argument $words
  $principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -RunLevel Highest
  $task = 'point-numerique-' + $What.ToLowerInvariant()
  [void](Register-ScheduledTask -TaskName $task -Action $action -Principal $principal -Force)
  try {
    Start-ScheduledTask -TaskName $task
    $until = (Get-Date).AddMinutes(2)
    while (-not (Test-Path -LiteralPath $answerFile)) {
      if ((Get-Date) -gt $until) { throw "la gestion de l'appareil ne répond pas ($What)" }
      Start-Sleep -Milliseconds 500
    }
    return [IO.File]::ReadAllText($answerFile)
  } finally {
    Unregister-ScheduledTask -TaskName $task -Confirm:$false
    if (Test-Path -LiteralPath $answerFile) { Remove-Item -LiteralPath $answerFile }
  }
}

function Save-Before($Kept) {
  [void](New-Item -ItemType Directory -Force -Path $Folder)
  # After a power cut the file holds the old or the new content, never a part of it.
  $aside = "$Before.aside"
  $content = [Text.Encoding]::UTF8.GetBytes(($Kept | ConvertTo-Json -Depth 6))
  $stream = [IO.File]::Create($aside)
  try { $stream.Write($content, 0, $content.Length); $stream.Flush($true) } finally { $stream.Dispose() }
  if (Test-Path -LiteralPath $Before) { [IO.File]::Replace($aside, $Before, [NullString]::Value) } else { [IO.File]::Move($aside, $Before) }
}

# Each step: its name, whether it is done, what to save first, how to do it, and how to undo it from what was saved.
$Steps = @(
  @{
    Name = "Dossiers de la borne dans ProgramData"
    IsDone = { @('kiosk-config', 'state', 'logs' | Where-Object { -not (Test-Path -LiteralPath (Join-Path $Folder $_)) }).Count -eq 0 -and (Get-Acl -LiteralPath $Folder).AreAccessRulesProtected }
    Keep = { $null }
    Do = {
      foreach ($name in 'kiosk-config', 'state', 'logs') { [void](New-Item -ItemType Directory -Force -Path (Join-Path $Folder $name)) }
      # Administrators and SYSTEM: full access. Users, and so the kiosk's account: read all, write the state and the logs.
      [void](Invoke-Program icacls.exe @($Folder, '/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F', '*S-1-5-32-545:(OI)(CI)RX'))
      foreach ($name in 'state', 'logs') { [void](Invoke-Program icacls.exe @((Join-Path $Folder $name), '/grant:r', '*S-1-5-32-545:(OI)(CI)M')) }
    }
    # Undo keeps this folder: it holds the figures.
    Undo = { param($kept) }
  }
  @{
    Name = "Réglages de Windows (mises à jour de nuit, pas de clé USB, pas de copie de la mémoire)"
    IsDone = { @($Registry | Where-Object { (Get-RegistryValue $_.Path $_.Name) -ne $_.Value }).Count -eq 0 }
    Keep = { @($Registry | ForEach-Object { @{ Path = $_.Path; Name = $_.Name; Value = (Get-RegistryValue $_.Path $_.Name) } }) }
    Do = {
      foreach ($one in $Registry) {
        if (-not (Test-Path -LiteralPath $one.Path)) { [void](New-Item -Path $one.Path -Force) }
        [void](New-ItemProperty -LiteralPath $one.Path -Name $one.Name -Value $one.Value -PropertyType DWord -Force)
      }
    }
    Undo = {
      param($kept)
      foreach ($one in $kept) {
        if ($null -ne $one.Value) { [void](New-ItemProperty -LiteralPath $one.Path -Name $one.Name -Value $one.Value -PropertyType DWord -Force) }
        elseif ($null -ne (Get-RegistryValue $one.Path $one.Name)) { Remove-ItemProperty -LiteralPath $one.Path -Name $one.Name }
      }
    }
  }
  @{
    Name = "Ce que reçoit un compte neuf (pas de raccourcis d'ergonomie)"
    IsDone = { Invoke-NewAccount { @($NewAccount | Where-Object { (Get-NewAccountValue $_) -ne $_.Value }).Count -eq 0 } }
    Keep = { Invoke-NewAccount { @($NewAccount | ForEach-Object { @{ Key = $_.Key; Name = $_.Name; Value = (Get-NewAccountValue $_) } }) } }
    Do = { Invoke-NewAccount { foreach ($one in $NewAccount) { Set-NewAccountValue $one } } }
    Undo = {
      param($kept)
      Invoke-NewAccount { foreach ($one in $kept) { Set-NewAccountValue $one } }
    }
  }
  @{
    Name = "Le PC ne se met pas en veille"
    IsDone = { (Invoke-Program powercfg.exe @('/getactivescheme')) -match $Scheme }
    Keep = { [regex]::Match((Invoke-Program powercfg.exe @('/getactivescheme')), '[0-9a-fA-F-]{36}').Value }
    Do = {
      if (-not ((Invoke-Program powercfg.exe @('/list')) -match $Scheme)) { [void](Invoke-Program powercfg.exe @('/duplicatescheme', 'SCHEME_BALANCED', $Scheme)) }
      [void](Invoke-Program powercfg.exe @('/setactive', $Scheme))
      foreach ($one in 'standby-timeout-ac', 'hibernate-timeout-ac', 'disk-timeout-ac') { [void](Invoke-Program powercfg.exe @('/change', $one, '0')) }
      [void](Invoke-Program powercfg.exe @('/change', 'monitor-timeout-ac', '60'))
    }
    Undo = {
      param($kept)
      [void](Invoke-Program powercfg.exe @('/setactive', $kept))
      if ((Invoke-Program powercfg.exe @('/list')) -match $Scheme) { [void](Invoke-Program powercfg.exe @('/delete', $Scheme)) }
    }
  }
  @{
    Name = "Pare-feu (rien n'entre, la borne ne parle pas aux partages du réseau)"
    IsDone = { @(Get-NetFirewallRule -Group $Group -ErrorAction SilentlyContinue).Count -eq 2 -and @(Get-NetFirewallProfile | Where-Object { "$($_.Enabled)" -ne 'True' -or $_.DefaultInboundAction -ne 'Block' }).Count -eq 0 }
    Keep = { @(Get-NetFirewallProfile | ForEach-Object { @{ Name = $_.Name; Enabled = "$($_.Enabled)"; Inbound = "$($_.DefaultInboundAction)" } }) }
    Do = {
      Set-NetFirewallProfile -Profile 'Domain', 'Private', 'Public' -Enabled True -DefaultInboundAction Block
      Get-NetFirewallRule -Group $Group -ErrorAction SilentlyContinue | Remove-NetFirewallRule
      # Printers and scanners that announce themselves (mDNS).
      [void](New-NetFirewallRule -Group $Group -DisplayName 'Point numérique, annonces' -Direction Inbound -Action Allow -Program $Program -Protocol UDP -LocalPort 5353)
      [void](New-NetFirewallRule -Group $Group -DisplayName 'Point numérique, partages' -Direction Outbound -Action Block -Program $Program -Protocol TCP -RemotePort 22, 23, 135, 139, 445, 3389, 5900, 5985, 5986)
    }
    Undo = {
      param($kept)
      Get-NetFirewallRule -Group $Group -ErrorAction SilentlyContinue | Remove-NetFirewallRule
      foreach ($one in $kept) { Set-NetFirewallProfile -Profile $one.Name -Enabled $one.Enabled -DefaultInboundAction $one.Inbound }
    }
  }
  @{
    Name = "AppLocker (seule la borne démarre)"
    IsDone = { (Get-AppLockerPolicy -Local -Xml) -match '3f0a6c5d-9a51-4c39-8a0c-5f1f0e6d1d02' -and (Get-Service -Name AppIDSvc).Status -eq 'Running' }
    Keep = { [string](Get-AppLockerPolicy -Local -Xml) }
    Do = {
      Set-AppLockerPolicy -XmlPolicy (Join-Path $PSScriptRoot 'applocker.xml')
      # The service is protected: its own tool may change it, Set-Service may not.
      [void](Invoke-Program sc.exe @('config', 'AppIDSvc', 'start=', 'auto'))
      Start-Service -Name AppIDSvc
    }
    Undo = {
      param($kept)
      $policy = Join-Path $Folder 'applocker-before.xml'
      [IO.File]::WriteAllText($policy, $kept)
      Set-AppLockerPolicy -XmlPolicy $policy
      Remove-Item -LiteralPath $policy
    }
  }
  @{
    Name = if ($HasShellLauncher) { "Compte, ouverture de session et borne à la place du bureau (Shell Launcher)" } else { "Compte, ouverture de session et borne seule (accès affecté)" }
    IsDone = { (Invoke-Bridge Read) -match 'point-numerique\\point-numerique\.exe' -and (-not $HasShellLauncher -or (Test-Feature Client-EmbeddedShellLauncher)) }
    Keep = { $null }
    Do = {
      if ($HasShellLauncher) { [void](Enable-WindowsOptionalFeature -Online -FeatureName Client-EmbeddedShellLauncher -All -NoRestart) }
      [void](Invoke-Bridge Write)
    }
    Undo = {
      param($kept)
      [void](Invoke-Bridge Clear)
    }
  }
)
if ($HasShellLauncher) {
  $Steps += @{
    Name = "Filtre de clavier (Alt+F4, touche Windows, Ctrl+Alt+Suppr…)"
    IsDone = { (Test-Feature Client-KeyboardFilter) -and @(Get-CimInstance @Filter | Where-Object { $_.Id -match $LeadsOut -and -not $_.Enabled }).Count -eq 0 }
    Keep = { if (Test-Feature Client-KeyboardFilter) { @(Get-CimInstance @Filter | Where-Object { $_.Enabled } | ForEach-Object { $_.Id }) } else { @() } }
    Do = {
      # Keys can only be configured after a restart. The step must then be run a second time.
      if (-not (Test-Feature Client-KeyboardFilter)) { [void](Enable-WindowsOptionalFeature -Online -FeatureName Client-KeyboardFilter -All -NoRestart); return }
      foreach ($key in Get-CimInstance @Filter | Where-Object { $_.Id -match $LeadsOut }) { [void](Set-CimInstance -CimInstance $key -Property @{ Enabled = $true }) }
    }
    Undo = {
      param($kept)
      if (-not (Test-Feature Client-KeyboardFilter)) { return }
      foreach ($key in Get-CimInstance @Filter) { [void](Set-CimInstance -CimInstance $key -Property @{ Enabled = ($kept -contains $key.Id) }) }
    }
  }
}

if (-not $HasShellLauncher -and $ProEditions -notcontains $Edition) { throw "Cette édition de Windows (n° $Edition) ne sait pas verrouiller un poste : il faut Pro, Entreprise, Éducation ou IoT Entreprise." }

$kept = @{}
if (Test-Path -LiteralPath $Before) {
  $read = Get-Content -LiteralPath $Before -Raw -Encoding UTF8 | ConvertFrom-Json
  foreach ($one in $read.PSObject.Properties) { $kept[$one.Name] = $one.Value }
}

if ($Mode -eq 'Undo') {
  if ($kept.Count -eq 0) { 'Rien à défaire : ce poste n''a pas été verrouillé par ce script.'; exit 0 }
  for ($at = $Steps.Count - 1; $at -ge 0; $at -= 1) {
    $step = $Steps[$at]
    if (-not $kept.ContainsKey($step.Name)) { continue }
    & $step.Undo $kept[$step.Name]
    "défait    : $($step.Name)"
  }
  Remove-Item -LiteralPath $Before
  'Redémarrez le PC.'
  exit 0
}

if (-not (Test-Path -LiteralPath $Program)) { throw "La borne n'est pas installée : $Program manque." }

foreach ($step in $Steps) {
  if (& $step.IsDone) { "déjà fait : $($step.Name)"; continue }
  if ($Mode -eq 'DryRun') { "à faire   : $($step.Name)"; continue }
  # Save only before the first run: a second run must not save our own settings.
  if (-not $kept.ContainsKey($step.Name)) {
    $kept[$step.Name] = & $step.Keep
    Save-Before $kept
  }
  & $step.Do
  "fait      : $($step.Name)"
}
if ($Mode -eq 'DryRun') { 'Rien n''a été changé. Pour le faire : -Mode Apply' } else { 'Redémarrez le PC, puis relancez avec -Mode DryRun : tout doit être « déjà fait ».' }
