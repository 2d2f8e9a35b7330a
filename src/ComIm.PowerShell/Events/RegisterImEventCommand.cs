using System.Management.Automation;

namespace ComIm.PowerShell;

/// <summary>
/// <c>Register-ImEvent</c>: puts events into PowerShell's queue, for Wait-Event, Get-Event or an action. Unregister-Event
/// ends it.
/// </summary>
[Cmdlet(VerbsLifecycle.Register, "ImEvent", SupportsShouldProcess = true, DefaultParameterSetName = "Connection")]
[OutputType(typeof(PSEventJob))]
public sealed class RegisterImEventCommand : PSCmdlet
{
    /// <summary>Which event.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The event: MessageReceived, StateChanged, ConversationRequested and so on.")]
    [ArgumentCompleter(typeof(EventNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string EventName { get; set; } = "";

    /// <summary>Whose.</summary>
    [Parameter(ParameterSetName = "Connection",
        HelpMessage = "Whose: a connection, its number or address; the default where none is named.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ImConnection? Connection { get; set; }

    /// <summary>What raises it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true,
        HelpMessage = "What raises it, where it is no connection: a conversation, somebody's presence, the list of contacts.")]
    [ValidateNotNull]
    public object InputObject { get; set; } = null!;

    /// <summary>What is run.</summary>
    [Parameter(Position = 1,
        HelpMessage = "What is run at each event; $Event.SourceEventArgs tells what has happened. Without it events wait for Wait-Event.")]
    [ValidateNotNull]
    public ScriptBlock? Action { get; set; }

    /// <summary>What events are known by.</summary>
    [Parameter(HelpMessage = "The name by which Wait-Event and Unregister-Event know it; a new one where none is given.")]
    [ValidateNotNullOrEmpty]
    public string SourceIdentifier { get; set; } = Guid.NewGuid().ToString();

    /// <summary>Data for the action.</summary>
    [Parameter(HelpMessage = "Anything that the action finds as $Event.MessageData.")]
    [ValidateNotNull]
    public PSObject? MessageData { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var source = SourceOf(ParameterSetName == "Connection" ? Connection ?? ConnectionTable.Default : InputObject);
        if (source is null)
        {
            ThrowTerminatingError(ImErrorTable.NotSignedIn());
            return;
        }

        if (source.GetType().GetEvent(EventName) is not { } found)
        {
            var names = string.Join(", ", source.GetType().GetEvents().Select(e => e.Name).Order(StringComparer.Ordinal));
            ThrowTerminatingError(new ErrorRecord(
                new ArgumentException($"{source.GetType().Name} has no event {EventName}. It has {names}."),
                "ImNoSuchEvent", ErrorCategory.InvalidArgument, EventName));
            return;
        }

        if (!ShouldProcess($"{found.Name} of {source}", "Register"))
        {
            return;
        }

        try
        {
            var subscriber = Events.SubscribeEvent(source, found.Name, SourceIdentifier, MessageData, Action, supportEvent: false, forwardEvent: false);
            if (Action is not null)
            {
                WriteObject(subscriber.Action);
            }
        }
        catch (ArgumentException e)
        {
            WriteError(new ErrorRecord(e, "ImEventTaken", ErrorCategory.ResourceExists, SourceIdentifier));
        }
    }

    private static object? SourceOf(object? given)
    {
        var source = given is PSObject wrapped ? wrapped.BaseObject : given;
        return source is ImConnection connection ? connection.Account : source;
    }
}
