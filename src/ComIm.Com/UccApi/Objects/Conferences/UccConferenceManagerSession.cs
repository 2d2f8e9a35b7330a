using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>Schedules conferences at the server's focus, and knows those that it has scheduled.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccConferenceManagerSession : EventSourceObject, IUccConferenceManagerSession
{
    private const int ScheduleEvent = 5200;
    private const int GetEvent = 5201;
    private const int ListEvent = 5202;
    private const int ModifyEvent = 5203;
    private const int DeleteEvent = 5204;
    private const int McusEvent = 5205;

    private readonly UccServerEndpoint _endpoint;
    private readonly ConnectionPoint _events;

    public UccConferenceManagerSession(UccServerEndpoint endpoint)
        : base(UccCoclasses.UccConferenceManagerSession.Dispatch, UccCoclasses.UccConferenceManagerSession.Sources, endpoint.Lane)
    {
        _endpoint = endpoint;
        _events = PointFor(typeof(_IUccConferenceManagerSessionEvents));
    }

    public IUccConferenceInformation CreateConferenceInformation() => new UccConferenceInformation();

    /// <summary>Has the focus make a room; the user is in it from then on, and Enter shows it.</summary>
    public void ScheduleConference(IUccConferenceInformation? pConfInfo, IUccOperationContext? pOperationContext = null)
    {
        var information = Resolve(pConfInfo);
        if (information.ConferenceUri != null)
        {
            throw new HResultException(UccHResults.UCC_E_CONFERENCE_EXISTS_ALREADY, "The conference is scheduled already.");
        }

        Run(ScheduleEvent, pOperationContext, async properties =>
        {
            var room = _endpoint.DemandAccount().CreateConversation();
            room.Subject = information.Subject;
            await room.StartAsync().ConfigureAwait(false);
            information.ConferenceUri = UccUri.Parse(room.ConferenceUri!);
            if (!_endpoint.Conferences.TryAdd(information, room))
            {
                await room.LeaveAsync().ConfigureAwait(false);
                throw new HResultException(UccHResults.UCC_E_MAX_CONFERENCES_EXCEEDED, $"There are {ScheduledConferences.Capacity} conferences already.");
            }

            Describe(properties, information);
        });
    }

    public void GetConference(string? bstrConfId, IUccOperationContext? pOperationContext = null) =>
        Run(GetEvent, pOperationContext, properties =>
        {
            Describe(properties, Demand(bstrConfId).Information);
            return Task.CompletedTask;
        });

    public void GetConferenceList(IUccOperationContext? pOperationContext = null) =>
        Run(ListEvent, pOperationContext, properties =>
        {
            properties.Set(
                (int)UCC_CONFERENCE_MANAGER_OPERATION_COMPLETED_EVENT_PROPERTY.UCCCMOCEP_CONFERENCE_LIST, new UccCollection(_endpoint.Conferences.All));
            return Task.CompletedTask;
        });

    /// <summary>Takes the information's subject over.</summary>
    public void ModifyConference(IUccConferenceInformation? pConfInfo, IUccOperationContext? pOperationContext = null)
    {
        var information = Resolve(pConfInfo);
        Run(ModifyEvent, pOperationContext, async properties =>
        {
            await Demand(information.ConferenceId).Room.SetSubjectAsync(information.Subject).ConfigureAwait(false);
            Describe(properties, information);
        });
    }

    /// <summary>Leaves the conference, which ends when the others have left it too.</summary>
    public void DeleteConference(string? bstrConfId, IUccOperationContext? pOperationContext = null) =>
        Run(DeleteEvent, pOperationContext, async _ =>
        {
            var known = Demand(bstrConfId);
            _endpoint.Conferences.Remove(known.Information.ConferenceId);
            await known.Room.LeaveAsync().ConfigureAwait(false);
        });

    /// <summary>Text is what the focus mixes.</summary>
    public void GetAvailableMcuList(IUccOperationContext? pOperationContext = null) =>
        Run(McusEvent, pOperationContext, properties =>
        {
            properties.Set(
                (int)UCC_CONFERENCE_MANAGER_OPERATION_COMPLETED_EVENT_PROPERTY.UCCCMOCEP_AVAILABLE_MCUS,
                new UccCollection([(object)(int)UCC_CONFERENCE_ENTITY_TYPE.UCCCET_INSTANT_MESSAGING]));
            return Task.CompletedTask;
        });

    private void Run(int dispId, IUccOperationContext? operation, Func<PropertyList, Task> work)
    {
        _endpoint.DemandAccount();
        _ = RunAsync(dispId, operation, work);
    }

    private async Task RunAsync(int dispId, IUccOperationContext? operation, Func<PropertyList, Task> work)
    {
        UccOperationProgressEvent result;
        try
        {
            var properties = new PropertyList();
            await work(properties).ConfigureAwait(false);
            result = UccOperationProgressEvent.Success(operation, properties);
        }
        catch (HResultException e)
        {
            result = new UccOperationProgressEvent(operation, isComplete: true, e.HResult, e.Message);
        }
        catch (ImException e)
        {
            result = UccOperationProgressEvent.Failure(operation, UccFailures.Of(e), e);
        }

        _events.Raise(dispId, this, result);
    }

    private (UccConferenceInformation Information, Client.Conversations.Conversation Room) Demand(string? id) => _endpoint.Conferences.Find(id)
        ?? throw new HResultException(UccHResults.UCC_E_CONFERENCE_NOT_EXIST, "This endpoint has scheduled no such conference.");

    private static void Describe(PropertyList properties, UccConferenceInformation information)
    {
        properties.Set((int)UCC_CONFERENCE_MANAGER_OPERATION_COMPLETED_EVENT_PROPERTY.UCCCMOCEP_CONFERENCE_URI, information.ConferenceUri!.Value);
        properties.Set((int)UCC_CONFERENCE_MANAGER_OPERATION_COMPLETED_EVENT_PROPERTY.UCCCMOCEP_CONFERENCE_INFORMATION, information);
    }

    private static UccConferenceInformation Resolve(IUccConferenceInformation? given) => given as UccConferenceInformation
        ?? throw new HResultException(HResults.InvalidArgument, "Pass what CreateConferenceInformation has made.");
}
