<#
.SYNOPSIS
    Emits a line each time one of some people comes, goes or says something else.
.PARAMETER Address
    Who is watched.
.PARAMETER TimeoutSec
    How long to wait for the next change.
.EXAMPLE
    ./watch-presence.ps1 bob@example.com, carol@example.com
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string[]] $Address,

    [int] $TimeoutSec = 3600
)

Set-StrictMode -Version Latest
$source = "presence-$([guid]::NewGuid())"
$people = @(Get-ImPresence -Address $Address)
for ($i = 0; $i -lt $people.Count; $i++) {
    Register-ImEvent -EventName Changed -InputObject $people[$i] -SourceIdentifier "$source-$i"
}
try {
    $people | Select-Object -Property Address, Availability, Note
    while ($change = Wait-Event -Timeout $TimeoutSec) {
        Remove-Event -EventIdentifier $change.EventIdentifier
        if ($change.SourceIdentifier -like "$source-*") {
            $change.Sender | Select-Object -Property Address, Availability, Note
        }
    }
}
finally {
    Get-EventSubscriber | Where-Object SourceIdentifier -Like "$source-*" | Unregister-Event
}
