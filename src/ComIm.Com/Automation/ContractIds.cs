namespace ComIm.Com.Automation;

/// <summary>The GUIDs of ComIm.idl. They never change once published; a test compares them with the IDL.</summary>
internal static class ContractIds
{
    public const string ApplicationClass = "f663c959-cbaa-4ef0-bf0f-6cedb4a28eed";
    public const string ApplicationInterface = "0daa7513-5e35-4c63-9abf-19a5bd793c67";
    public const string MessageInterface = "e4c985f2-5016-4260-b461-5320c009b12c";
    public const string Events = "f0e15273-ed31-4d39-b441-117e84447ca6";
    public const string SignInManagerInterface = "e5a3c9be-7a73-4f33-8ab1-65748b74d41e";
    public const string ConversationsManagerInterface = "ef3512ff-9ed0-4013-82e4-3f7820d84f12";
    public const string ConversationInterface = "899c63aa-a864-4d35-be24-d21155aeb4dc";
    public const string ChatServiceInterface = "9e0932d1-12d6-4f16-ba1c-14ea0df493bf";
    public const string ParticipantInterface = "fde003fc-8d3c-4ae8-9345-86f811a46c09";
    public const string ParticipantChatInterface = "45ba45d2-6b3e-4ff0-8e8b-8f4a467ecd2f";
    public const string PersonInterface = "1b02a8c2-8761-4386-8c7c-8da5a0f42cef";
    public const string NoteInterface = "cd0366c9-7153-49be-908b-1006b5d25f27";
    public const string PersonsAndGroupsManagerInterface = "ee7c0c15-21d0-4c99-ba1e-e2f2a342136a";
    public const string PersonsGroupInterface = "a01670ba-41aa-42c0-8c36-185dea8032b5";
    public const string HistoryServiceInterface = "2874e907-1496-4076-8657-5d521f88e71f";
    public const string PropertyInterface = "a587c103-b36d-4867-99ae-eadc2e9e3816";
    public const string CollectionInterface = "5eb744a0-ce97-4fd4-95aa-83547b84d280";
    public const string PromiseInterface = "6c5d9e93-ea35-48bf-9e39-9586e2c7c349";
    public const string ListenerInterface = "1de09ff1-266a-46c5-a3c1-d676756b11aa";
    public const string ErrorInterface = "81e4a646-0b02-4747-bf6f-4c568c389d8f";
    public const string ConversationEvents = "175715ff-79fc-4b0e-927f-91e6b7ebe374";
    public const string ConversationClass = "0de3ad8b-8375-436d-800b-c8eae43c1b09";
    public const string AppId = "3e43b11b-607d-4f81-8ec7-84f2f93cf535";
}
