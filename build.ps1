<#
.SYNOPSIS
    Builds ComIm, and on request tests or packs it.
.DESCRIPTION
    Only calls dotnet: whatever it does, dotnet does without it. On Windows -Test runs all that needs no Wine; on Debian
    tests/run.sh is the test command.
.PARAMETER Configuration
    Release or Debug.
.PARAMETER Test
    Runs the tests after the build.
.PARAMETER Pack
    Makes the packages after the build.
.EXAMPLE
    ./build.ps1 -Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [switch] $Test,

    [switch] $Pack
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$solution = Join-Path -Path $PSScriptRoot -ChildPath 'ComIm.sln'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') ended with code $LASTEXITCODE."
    }
}

Invoke-DotNet build $solution --configuration $Configuration
if ($Test) {
    Invoke-DotNet test $solution --configuration $Configuration --no-build
}
if ($Pack) {
    Invoke-DotNet pack $solution --configuration $Configuration --no-build --output (Join-Path -Path $PSScriptRoot -ChildPath 'artifacts')
}
