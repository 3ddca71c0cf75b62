# Scans through Windows Image Acquisition and prints one JSON object a line (see parse-wia.ts). Nothing is written to the disk.
# For Windows PowerShell 5.1, part of every Windows. ASCII only: without a BOM, it reads scripts in the local code page.
param(
  [string]$Act = 'list', [string]$Device = '', [string]$Source = 'flatbed', [int]$Dpi = 300, [string]$Colour = 'colour',
  [int]$WidthMm = 210, [int]$HeightMm = 297, [int]$Pages = 1
)
$ErrorActionPreference = 'Stop'
# Under a policy that restricts the language, COM objects and .NET methods are unavailable: report it without them.
$mode = "$($ExecutionContext.SessionState.LanguageMode)"
if ($mode -ne 'FullLanguage') { '{"kind":"limited","mode":"' + $mode + '"}'; exit 0 }
$Bmp = '{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}'
$Jpeg = '{B96B3CAE-0728-11D3-9D7B-0000F81EF32E}'
$Resolutions = 75, 100, 150, 200, 300, 400, 600

# Raw bytes rather than the console, so that its code page and width don't matter.
$Out = [Console]::OpenStandardOutput()
function PrintLine([string]$line) {
  $bytes = [Text.Encoding]::UTF8.GetBytes($line + "`n")
  $Out.Write($bytes, 0, $bytes.Length)
  $Out.Flush()
}
function Say($object) { PrintLine ($object | ConvertTo-Json -Compress) }
# PowerShell wraps COM exceptions: the WIA code is in the innermost one.
function CodeOf($exception) {
  while ($null -ne $exception.InnerException) { $exception = $exception.InnerException }
  return '0x{0:X8}' -f $exception.HResult
}
function FindOption($properties, [int]$id) {
  foreach ($one in $properties) { if ($one.PropertyID -eq $id) { return $one } }
  return $null
}
function GetOption($properties, [int]$id) {
  $option = FindOption $properties $id
  if ($null -eq $option) { return 0 }
  return $option.Value
}
# A value that the driver refuses would abort the scan, so set the nearest valid one. SubType: 1 is a range, 2 a list.
function SetOption($properties, [int]$id, [int]$value) {
  $option = FindOption $properties $id
  if ($null -eq $option -or $option.IsReadOnly) { return }
  if ($option.SubType -eq 1) {
    $value = [Math]::Min([Math]::Max($value, [int]$option.SubTypeMin), [int]$option.SubTypeMax)
    if ($option.SubTypeStep -gt 1) { $value = $value - (($value - $option.SubTypeMin) % $option.SubTypeStep) }
  } elseif ($option.SubType -eq 2) {
    $best = $null
    foreach ($one in $option.SubTypeValues) {
      if ($null -eq $best -or [Math]::Abs($one - $value) -lt [Math]::Abs($best - $value)) { $best = $one }
    }
    if ($null -ne $best) { $value = $best }
  }
  $option.Value = $value
}
function ResolutionsOf($item) {
  $option = FindOption $item.Properties 6147
  if ($null -eq $option) { return $Resolutions }
  if ($option.SubType -eq 2) { return @(foreach ($one in $option.SubTypeValues) { [int]$one }) }
  if ($option.SubType -eq 1) { return @($Resolutions | Where-Object { $_ -ge $option.SubTypeMin -and $_ -le $option.SubTypeMax }) }
  return $Resolutions
}

try {
  $manager = New-Object -ComObject WIA.DeviceManager
  if ($Act -eq 'list') {
    foreach ($info in $manager.DeviceInfos) {
      if ($info.Type -ne 1) { continue }
      # A scanner that is off must not hide the others.
      try { $open = $info.Connect() } catch { continue }
      $can = [int](GetOption $open.Properties 3086) # document handling: 1 feeder, 2 glass, 4 duplex; 0 is glass only
      $width = [int](GetOption $open.Properties 3074) # of the glass, then of the feeder, in thousandths of an inch
      $height = [int](GetOption $open.Properties 3075)
      if ($width -eq 0) { $width = [int](GetOption $open.Properties 3076) }
      if ($height -eq 0) { $height = [int](GetOption $open.Properties 3077) }
      Say @{
        kind = 'device'; id = [string]$info.DeviceID; name = [string](GetOption $info.Properties 7)
        glass = (($can -eq 0) -or (($can -band 2) -ne 0)); feeder = (($can -band 1) -ne 0); duplex = (($can -band 4) -ne 0)
        dpi = [int[]]@(ResolutionsOf ($open.Items.Item(1))); widthMil = $width; heightMil = $height
      }
    }
    exit 0
  }
  $open = $null
  foreach ($info in $manager.DeviceInfos) { if ($info.DeviceID -eq $Device) { $open = $info.Connect() } }
  if ($null -eq $open) { Say @{ kind = 'fault'; hresult = '0x80210015' }; exit 0 }
  $handling = @{ 'flatbed' = 2; 'feeder' = 1; 'feeder-duplex' = 5 }[$Source]
  SetOption $open.Properties 3088 $handling
  if ($Source -ne 'flatbed') { SetOption $open.Properties 3096 1 } # one page a transfer: with "all", some drivers eject the rest
  $item = $open.Items.Item(1)
  SetOption $item.Properties 6146 $(if ($Colour -eq 'grey') { 2 } else { 1 }) # the intent first: it resets the resolution
  SetOption $item.Properties 6147 $Dpi
  SetOption $item.Properties 6148 $Dpi
  $real = [int](GetOption $item.Properties 6147)
  if ($real -le 0) { $real = $Dpi }
  # The area in pixels; without it some feeders scan the middle of the page.
  SetOption $item.Properties 6149 0
  SetOption $item.Properties 6150 0
  SetOption $item.Properties 6151 ([int]($WidthMm * $real / 25.4))
  SetOption $item.Properties 6152 ([int]($HeightMm * $real / 25.4))
  # Every driver supports BMP, and falls back to it for a format that it lacks.
  $process = New-Object -ComObject WIA.ImageProcess
  [void]$process.Filters.Add($process.FilterInfos.Item('Convert').FilterID)
  $process.Filters.Item(1).Properties.Item('FormatID').Value = $Jpeg
  $process.Filters.Item(1).Properties.Item('Quality').Value = 92
  $count = 0
  while ($count -lt $Pages) {
    $image = $null
    try { $image = $item.Transfer($Bmp) } catch {
      if ($count -gt 0 -and (CodeOf $_.Exception) -eq '0x80210003') { break } # the feeder is empty: a normal end
      throw
    }
    if ($null -eq $image) { break }
    if ($image.FormatID -ne $Jpeg) { $image = $process.Apply($image) }
    $count += 1
    # Built by hand: ConvertTo-Json may refuse more than 2 MB, and base64 needs no escaping.
    PrintLine ('{"kind":"page","number":' + $count + ',"dpi":' + $real + ',"data":"' + [Convert]::ToBase64String([byte[]]$image.FileData.BinaryData) + '"}')
    if ($Source -eq 'flatbed') { break }
  }
  if ($count -eq 0) { Say @{ kind = 'fault'; hresult = '0x80210001' } } else { Say @{ kind = 'end'; pages = $count } }
} catch {
  Say @{ kind = 'fault'; hresult = (CodeOf $_.Exception) }
}
