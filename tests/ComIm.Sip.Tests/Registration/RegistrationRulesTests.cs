using ComIm.Sip.Messages;
using ComIm.Sip.Registration;
using ComIm.Sip.Transport;
using static ComIm.Sip.Registration.RegistrationInput;
using static ComIm.Sip.Registration.RegistrationState;

namespace ComIm.Sip.Tests.Registration;

public sealed class RegistrationRulesTests
{
    // One row a state, one column an input in the order of the enumeration; "-" changes nothing.
    private static readonly Dictionary<RegistrationState, string[]> Table = new()
    {
        //                   Register            Unregister                  Granted                 Failed                  Refused                 TimerDue         FlowLost         Woken            Close
        [Unregistered] = ["Registering Send", "-", "-", "-", "-", "-", "-", "-", "Unregistered StopTimer"],
        [Registering] = ["-", "-", "Registered SetRefresh", "Unregistered StopTimer", "Unregistered StopTimer", "-", "-", "-", "Unregistered StopTimer"],
        [Registered] = ["Refreshing Send", "Unregistering SendRemoval", "-", "-", "-", "Refreshing Send", "Registered SetSoon", "Refreshing Send", "Unregistered StopTimer"],
        [Refreshing] = ["-", "-", "Registered SetRefresh", "Recovering SetBackOff", "Rejected StopTimer", "-", "-", "-", "Unregistered StopTimer"],
        [Recovering] = ["Retrying Send", "Unregistering SendRemoval", "-", "-", "-", "Retrying Send", "-", "Retrying Send", "Unregistered StopTimer"],
        [Retrying] = ["-", "-", "Registered SetRefresh", "Recovering SetBackOff", "Rejected StopTimer", "-", "-", "-", "Unregistered StopTimer"],
        [Unregistering] = ["-", "-", "Unregistered StopTimer", "Unregistered StopTimer", "Unregistered StopTimer", "-", "-", "-", "Unregistered StopTimer"],
        [Rejected] = ["Registering Send", "Unregistered StopTimer", "-", "-", "-", "-", "-", "-", "Unregistered StopTimer"],
    };

    [Fact]
    public void Next_EveryStateAndInput_IsAsTheTableSays()
    {
        foreach (var state in Enum.GetValues<RegistrationState>())
        {
            var row = Table[state];
            Assert.Equal(Enum.GetValues<RegistrationInput>().Length, row.Length);
            foreach (var input in Enum.GetValues<RegistrationInput>())
            {
                var cell = row[(int)input];
                var expected = cell == "-" ? $"{state} None" : cell;
                var step = RegistrationRules.Next(state, input);
                Assert.Equal($"{state} + {input} = {expected}", $"{state} + {input} = {step.Next} {step.Action}");
            }
        }
    }

    [Theory]
    [InlineData(200, false, Granted)]
    [InlineData(301, false, Failed)]
    [InlineData(305, false, Failed)]
    [InlineData(401, false, Refused)]
    [InlineData(403, false, Refused)]
    [InlineData(404, false, Refused)]
    [InlineData(407, false, Refused)]
    [InlineData(408, true, Failed)]
    [InlineData(500, false, Failed)]
    [InlineData(503, true, Failed)]
    [InlineData(600, false, Failed)]
    public void InputOf_Outcome_TellsWhetherAnotherTryMayEndOtherwise(int status, bool isOurs, RegistrationInput expected)
    {
        var outcome = new SipOutcome(new SipResponse(status), isOurs ? new SipTransportException("gone") : null);
        Assert.Equal(expected, RegistrationRules.InputOf(outcome));
    }

    [Theory]
    [InlineData(0, 0.0, null, 0.5)]
    [InlineData(1, 1.0, null, 2)]
    [InlineData(4, 0.0, null, 15)]
    [InlineData(4, 1.0, null, 30)]
    [InlineData(60, 1.0, null, 1800)]
    [InlineData(1, 0.0, 120, 120)]
    [InlineData(1, 1.0, 120, 132)]
    [InlineData(60, 1.0, 120, 1800)]
    [InlineData(1, 0.0, 1_000_000, 3600)]
    [InlineData(1, 0.0, int.MaxValue, 3600)]
    public void Delay_FailuresAndRetryAfter_IsTheLongerAndBounded(int failures, double random, int? retryAfter, double seconds)
    {
        TimeSpan? asked = retryAfter is { } s ? TimeSpan.FromSeconds(s) : null;
        Assert.Equal(TimeSpan.FromSeconds(seconds), RegistrationBackOff.Delay(failures, random, asked));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("18000;duration=3600", 18000)]
    [InlineData("120 (I'm in a meeting)", 120)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData("12x", null)]
    [InlineData("99999999999999999999", null)]
    public void RetryAfter_Text_IsRead(string text, int? seconds)
    {
        var response = new SipResponse(503);
        response.Headers.Add(HeaderId.RetryAfter, text);
        Assert.Equal(seconds, (int?)RetryAfter.Of(response)?.TotalSeconds);
    }
}
