using System.Management.Automation;
using ComIm.Client;
using ComIm.Client.Messaging;

namespace ComIm.PowerShell;

/// <summary><c>Send-ImMessage</c>: sends a text to one or more people and emits each message with what became of it.</summary>
[Cmdlet(VerbsCommunications.Send, "ImMessage", SupportsShouldProcess = true)]
[OutputType(typeof(ChatMessage))]
public sealed class SendImMessageCommand : AsyncCmdlet
{
    /// <summary>Who gets it.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Who gets it, as sip:bob@example.com; several get a message each.")]
    [Alias("Uri", "SipAddress", "Mail")]
    [ValidateNotNullOrEmpty]
    public string[] To { get; set; } = [];

    /// <summary>The text.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The text, any Unicode.")]
    [Alias("Body", "Message")]
    [ValidateNotNullOrEmpty]
    public string Text { get; set; } = "";

    /// <summary>Who sends it.</summary>
    [Parameter(HelpMessage = "Who sends it: a connection of Connect-ImServer; the default where none is named.")]
    [ValidateNotNull]
    public ImConnection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connection = Resolve(Connection);
        var recipients = To.Where(recipient => ShouldProcess(recipient, $"Send a message as {connection.Address}")).ToList();
        if (recipients.Count > 0)
        {
            var text = Text;
            Run(connection, (writer, cancellationToken) => SendAsync(connection, recipients, text, writer, cancellationToken));
        }
    }

    private static async Task SendAsync(
        ImConnection connection, List<string> recipients, string text, PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var recipient in recipients)
        {
            try
            {
                writer.Output(await connection.Account.SendAsync(recipient, text, cancellationToken).ConfigureAwait(false));
            }
            catch (ImException e)
            {
                writer.Error(ImErrorTable.Record(e, recipient));
            }
        }
    }
}
