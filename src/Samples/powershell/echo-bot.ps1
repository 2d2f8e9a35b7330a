<#
.SYNOPSIS
    Answers every message until Ctrl+C.
.PARAMETER Address
    Who the bot is.
.PARAMETER Credential
    Its user name and password.
.PARAMETER Server
    The server, where it is not the domain of the address.
.PARAMETER Count
    Ends after so many messages.
.EXAMPLE
    ./echo-bot.ps1 bot@example.com (Get-Secret -Name bot-sip)
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Address,

    [Parameter(Mandatory)]
    [pscredential] $Credential,

    [string] $Server,

    [int] $Count = [int]::MaxValue
)

Set-StrictMode -Version Latest
$where = if ($Server) { @{ Server = $Server } } else { @{} }
$bot = Connect-ImServer -Address $Address -Credential $Credential @where
try {
    Receive-ImMessage -Connection $bot -Wait -Count $Count | ForEach-Object {
        Send-ImMessage -Connection $bot -To $_.From -Text "You said: $($_.Text)"
    }
}
finally {
    Disconnect-ImServer -Connection $bot
}
