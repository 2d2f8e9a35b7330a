using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;
using ComIm.Sip.Messages;

namespace ComIm.Com.Tests.UccApi.Expected;

/// <summary>What a response says of why, as objects.</summary>
public sealed class DiagnosticTests
{
    [Fact]
    public void Response_WithDiagnostics_ShowsEachOfThem()
    {
        var infos = Read(
            ("ms-diagnostics", "1034;reason=\"Previous hop, federated\";source=\"edge.example.com\";HRESULT=\"0x80072746\";errorcode=12"),
            ("Warning", "307 isi.example.com \"Session parameter 'foo' not understood\", 301 192.0.2.1 \"Incompatible; network\""),
            ("Ms-Client-Diagnostics", "52001; reason=\"Client side general processing error.\""),
            ("ms-diagnostics-public", "5;reason=\"public\""),
            ("Reason", "SIP;cause=580;text=\"Precondition Failure\""));

        Assert.Equal(
            [
                (UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_SERVER_DIAGNOSTIC, 1034, "edge.example.com", "Previous hop, federated"),
                (UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_WARNING, 307, "isi.example.com", "Session parameter 'foo' not understood"),
                (UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_WARNING, 301, "192.0.2.1", "Incompatible; network"),
                (UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_CLIENT_DIAGNOSTIC, 52001, "", "Client side general processing error."),
                (UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_SERVER_DIAGNOSTIC_PUBLIC, 5, "", "public"),
                (UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_STATUS, 580, "", "Precondition Failure"),
            ],
            infos.Select(i => (i.Type, i.Code, i.Source, i.Text)));
        Assert.Equal([unchecked((int)0x80072746), 12], infos[0].SubCodes.Cast<int>());
        Assert.Equal("edge.example.com", infos[0].Properties.get_NamedProperty("SOURCE").StringValue);
        Assert.Equal("SIP", infos[^1].Properties.get_NamedProperty("protocol").StringValue);
    }

    [Theory]
    [InlineData("ms-diagnostics", "")]
    [InlineData("ms-diagnostics", "none;reason=\"x\"")]
    [InlineData("ms-diagnostics", "99999999999")]
    [InlineData("Warning", "307")]
    [InlineData("Warning", "\"307 unclosed")]
    [InlineData("Reason", "SIP;text=\"no cause\"")]
    [InlineData("X-Other", "1;reason=\"x\"")]
    public void Response_WithNothingThatIsDiagnostics_HasNone(string name, string value) => Assert.False(Properties((name, value)).IsPropertySet(Details));

    [Fact]
    public void Response_WithManyDiagnostics_IsBounded()
    {
        var many = string.Join(", ", Enumerable.Repeat("399 host.example.com \"again\"", 1000));

        Assert.InRange(Read(("Warning", many)).Count, 1, 100);
    }

    private const int Details = (int)UCC_OPERATION_PROGRESS_EVENT_CONTEXT.UCCOPEC_DIAGNOSTIC_DETAILS;

    private static List<IUccDiagnosticInfo> Read(params (string Name, string Value)[] headers) =>
        [.. ((IUccCollection)Properties(headers).get_Property(Details).Value).Cast<IUccDiagnosticInfo>()];

    private static IUccReadOnlyPropertyCollection Properties(params (string Name, string Value)[] headers)
    {
        var response = new SipResponse(480, "Temporarily Unavailable");
        foreach (var (name, value) in headers)
        {
            response.Headers.Add(name, value);
        }

        return new UccOperationProgressEvent(null, isComplete: true, UccFailures.OfStatus(480), "", response).Properties;
    }
}
