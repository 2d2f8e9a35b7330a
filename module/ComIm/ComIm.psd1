@{
    # Imported in this order: the loader lets the second find what it depends on.
    NestedModules        = @('bin/ComIm.PowerShell.Loader.dll', 'bin/ComIm.PowerShell.dll')
    # The version of Directory.Build.props; a test compares the two.
    ModuleVersion        = '0.1.0'
    GUID                 = 'e0dc62c8-7c72-4440-aed7-9b6e9c61eed4'
    Author               = 'The ComIm contributors'
    CompanyName          = 'The ComIm contributors'
    Copyright            = 'Copyright (c) The ComIm contributors. MIT licence.'
    Description          = 'Sends and receives SIP instant messages, through any SIP server: messages, conversations of several, presence, contacts.'
    # The first PowerShell on .NET 10. Windows PowerShell uses the COM object ComIm.Application instead.
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    TypesToProcess       = @('ComIm.types.ps1xml')
    FormatsToProcess     = @('ComIm.format.ps1xml')
    CmdletsToExport      = @(
        'Add-ImContact'
        'Add-ImParticipant'
        'Connect-ImServer'
        'Disable-ImTrace'
        'Disconnect-ImServer'
        'Enable-ImTrace'
        'Get-ImConnection'
        'Get-ImContact'
        'Get-ImConversation'
        'Get-ImHistory'
        'Get-ImParticipant'
        'Get-ImPresence'
        'Receive-ImMessage'
        'Register-ImComServer'
        'Register-ImEvent'
        'Remove-ImContact'
        'Remove-ImParticipant'
        'Send-ImMessage'
        'Set-ImPresence'
        'Start-ImConversation'
        'Start-ImServer'
        'Stop-ImConversation'
        'Stop-ImServer'
        'Test-ImServer'
        'Unregister-ImComServer'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    DscResourcesToExport = @()
    PrivateData          = @{
        PSData = @{
            Tags = @('SIP', 'InstantMessaging', 'Chat', 'Presence', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
