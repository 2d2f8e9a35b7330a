<#
.SYNOPSIS
    Sends the same text to everybody in a table, and tells who did not get it.
.PARAMETER Path
    A CSV file with a column To, Uri, SipAddress or Mail.
.PARAMETER Text
    The text.
.PARAMETER From
    Who sends it.
.PARAMETER Credential
    User name and password of the sender.
.PARAMETER Server
    The server, where it is not the domain of the address.
.EXAMPLE
    ./notify.ps1 oncall.csv 'disk full on web01' alice@example.com (Get-Secret -Name alice-sip)
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Path,

    [Parameter(Mandatory)]
    [string] $Text,

    [Parameter(Mandatory)]
    [string] $From,

    [Parameter(Mandatory)]
    [pscredential] $Credential,

    [string] $Server
)

Set-StrictMode -Version Latest
$where = if ($Server) { @{ Server = $Server } } else { @{} }
$failed = @()
Import-Csv -Path $Path |
    Send-ImMessage -Text $Text -From $From -Credential $Credential @where -ErrorVariable +failed -ErrorAction SilentlyContinue |
    ForEach-Object { [pscustomobject]@{ To = $_.To; Status = $_.Status; Reason = '' } }
$failed | ForEach-Object { [pscustomobject]@{ To = $_.TargetObject; Status = 'Failed'; Reason = $_.Exception.Message } }
