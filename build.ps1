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
    Makes the package of the module after the build, artifacts/ComIm.<version>.nupkg, for Install-PSResource.
.EXAMPLE
    ./build.ps1 -Test
.EXAMPLE
    ./build.ps1 -Pack
    Register-PSResourceRepository -Name ComImBuild -Uri ./artifacts -Trusted
    Install-PSResource ComIm -Repository ComImBuild
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
    param([string[]] $Arguments)

    & dotnet $Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $Arguments ended with code $LASTEXITCODE."
    }
}

Invoke-DotNet -Arguments 'build', $solution, '--configuration', $Configuration
if ($Test) {
    Invoke-DotNet -Arguments 'test', $solution, '--configuration', $Configuration, '--no-build'
}
if ($Pack) {
    $artifacts = Join-Path -Path $PSScriptRoot -ChildPath 'artifacts'
    $module = Join-Path -Path $PSScriptRoot -ChildPath 'src/ComIm.PowerShell'
    Invoke-DotNet -Arguments 'pack', $module, '--configuration', $Configuration, '--no-build', '--output', $artifacts
}
