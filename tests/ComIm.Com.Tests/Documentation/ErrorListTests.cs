using System.Globalization;
using ComIm.Client;
using ComIm.Com.Automation;
using ComIm.Com.UccApi.Objects;
using ComIm.Com.UccApi.Objects.Endpoints;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Documentation;

/// <summary>The table of errors that users look things up in (src/ComIm.Cli/README.md) is the table of the code.</summary>
public sealed class ErrorListTests
{
    private static readonly Dictionary<string, string[]> Rows = Readmes.ProseOf("src/ComIm.Cli/README.md")
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(cells => cells is [_, var reason, _, var automation, ..] && Enum.TryParse<ImError>(reason, out _) && automation.StartsWith("0x", StringComparison.Ordinal))
        .ToDictionary(cells => cells[1]);

    public static TheoryData<ImError> Reasons => [.. Enum.GetValues<ImError>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Reason_HasItsHResults(ImError reason)
    {
        var row = Assert.Contains(reason.ToString(), Rows);

        Assert.Equal(Hex(ErrorTable.ToHResult(reason, 0)), row[3]);
        Assert.Contains(Hex(UccFailures.Of(new ImException(reason, ""))), row[4], StringComparison.Ordinal);
        Assert.Contains(Hex(EnableFailures.Of(new ImException(reason, ""))), row[4], StringComparison.Ordinal);
    }

    [Fact]
    public void Status_IsInTheLowWord()
    {
        Assert.Equal("0x80EF0194", Hex(ErrorTable.ToHResult(ImError.RecipientUnknown, 404)));
        Assert.Equal("0x80EF0194", Hex(UccFailures.OfStatus(404)));
    }

    private static string Hex(int hresult) => "0x" + hresult.ToString("X8", CultureInfo.InvariantCulture);
}
