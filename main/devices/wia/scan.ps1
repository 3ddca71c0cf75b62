# Scans through Windows Image Acquisition and prints one JSON object a line (see parse-wia.ts). Nothing is written to the disk:
# each page is handed over in base64 on the standard output.
# Usage: scan.ps1 -Act list | scan.ps1 -Act scan -Device ID -Source flatbed|feeder|feeder-duplex -Dpi 300 -Colour colour|grey -Pages 50
param([string]$Act = 'list', [string]$Device = '', [string]$Source = 'flatbed', [int]$Dpi = 300, [string]$Colour = 'colour', [int]$Pages = 1)
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding($false)
function Say($object) { [Console]::Out.WriteLine(($object | ConvertTo-Json -Compress)) }
function SetOption($properties, $id, $value) { foreach ($p in $properties) { if ($p.PropertyID -eq $id) { $p.Value = $value } } }
function GetOption($properties, $id) { foreach ($p in $properties) { if ($p.PropertyID -eq $id) { return $p.Value } } return 0 }
try {
  $manager = New-Object -ComObject WIA.DeviceManager
  if ($Act -eq 'list') {
    foreach ($info in $manager.DeviceInfos) {
      if ($info.Type -ne 1) { continue }
      $open = $info.Connect()
      $can = GetOption $open.Properties 3086 # WIA_DPS_DOCUMENT_HANDLING_CAPABILITIES: 1 feeder, 4 duplex
      Say @{ kind = 'device'; id = $info.DeviceID; name = [string](GetOption $open.Properties 7); feeder = [bool]($can -band 1); duplex = [bool]($can -band 4) }
    }
    exit 0
  }
  $open = $null
  foreach ($info in $manager.DeviceInfos) { if ($info.DeviceID -eq $Device) { $open = $info.Connect() } }
  if ($null -eq $open) { Say @{ kind = 'fault'; hresult = '0x80210015' }; exit 0 }
  $handling = @{ 'flatbed' = 2; 'feeder' = 1; 'feeder-duplex' = 5 }[$Source]
  SetOption $open.Properties 3088 $handling # WIA_DPS_DOCUMENT_HANDLING_SELECT
  $item = $open.Items.Item(1)
  SetOption $item.Properties 6146 $(if ($Colour -eq 'grey') { 2 } else { 1 }) # WIA_IPS_CUR_INTENT
  SetOption $item.Properties 6147 $Dpi
  SetOption $item.Properties 6148 $Dpi
  $count = 0
  while ($count -lt $Pages) {
    try { $image = $item.Transfer('{B96B3CAE-0728-11D3-9D7B-0000F81EF32E}') } # JPEG; the driver converts
    catch [System.Runtime.InteropServices.COMException] {
      if ($count -gt 0 -and $_.Exception.HResult -eq -2145320957) { break } # the feeder is empty: a good end
      throw
    }
    $count += 1
    Say @{ kind = 'page'; number = $count; dpi = $Dpi; data = [Convert]::ToBase64String([byte[]]$image.FileData.BinaryData) }
    if ($Source -eq 'flatbed') { break }
  }
  Say @{ kind = 'end'; pages = $count }
} catch {
  Say @{ kind = 'fault'; hresult = ('0x{0:X8}' -f $_.Exception.HResult) }
}
