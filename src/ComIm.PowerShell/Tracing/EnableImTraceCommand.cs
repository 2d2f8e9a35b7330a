using System.Management.Automation;

namespace ComIm.PowerShell;

/// <summary><c>Enable-ImTrace</c>: writes every SIP message to a file, secrets blanked.</summary>
[Cmdlet(VerbsLifecycle.Enable, "ImTrace", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class EnableImTraceCommand : PSCmdlet
{
    private readonly List<ImConnection> _connections = [];

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The file that is written.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Whose messages.</summary>
    [Parameter(ValueFromPipeline = true,
        HelpMessage = "Whose messages: connections, their numbers or addresses; all, future ones too, where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public ImConnection[]? Connection { get; set; }

    /// <summary>Whether the file is kept.</summary>
    [Parameter(HelpMessage = "Writes behind what stands in the file.")]
    public SwitchParameter Append { get; set; }

    /// <summary>Whether the file is emitted.</summary>
    [Parameter(HelpMessage = "Emits the file.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _connections.AddRange(Connection ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(path, "Write every SIP message"))
        {
            return;
        }

        try
        {
            var file = TraceFile.Open(path, Append);
            if (_connections is [])
            {
                TraceTable.Set(connection: null, file);
            }

            foreach (var connection in _connections.Distinct())
            {
                TraceTable.Set(connection, file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(e, "ImTraceFile", ErrorCategory.WriteError, path));
        }

        if (PassThru)
        {
            WriteObject(new FileInfo(path));
        }
    }
}
