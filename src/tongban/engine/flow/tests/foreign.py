"""Small flows as other tools write them: their namespaces, prefixes, extensions and drawings."""

BPMN_JS = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
    xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="Process_1" isExecutable="false">
    <bpmn:startEvent id="StartEvent_1"><bpmn:outgoing>Flow_1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="Flow_1" sourceRef="StartEvent_1" targetRef="Activity_1" />
    <bpmn:userTask id="Activity_1" name="审查&#10;材料">
      <bpmn:incoming>Flow_1</bpmn:incoming><bpmn:outgoing>Flow_2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="Flow_2" sourceRef="Activity_1" targetRef="Event_1" />
    <bpmn:endEvent id="Event_1"><bpmn:incoming>Flow_2</bpmn:incoming></bpmn:endEvent>
    <bpmn:textAnnotation id="Note_1"><bpmn:text>两天</bpmn:text></bpmn:textAnnotation>
    <bpmn:association id="Association_1" sourceRef="Activity_1" targetRef="Note_1" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="BPMNDiagram_1"><bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="Process_1">
    <bpmndi:BPMNShape id="Activity_1_di" bpmnElement="Activity_1">
      <dc:Bounds x="240" y="80" width="100" height="80" />
    </bpmndi:BPMNShape>
    <bpmndi:BPMNEdge id="Flow_1_di" bpmnElement="Flow_1"><di:waypoint x="188" y="120" /></bpmndi:BPMNEdge>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>"""

CAMUNDA = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0"
    id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler"
    exporterVersion="5.20.0" modeler:executionPlatform="Camunda Platform">
  <bpmn:collaboration id="Collaboration_1">
    <bpmn:participant id="Participant_1" name="办理机关" processRef="Process_1" />
  </bpmn:collaboration>
  <bpmn:process id="Process_1" isExecutable="true" camunda:historyTimeToLive="30">
    <bpmn:laneSet id="LaneSet_1">
      <bpmn:lane id="Lane_1" name="窗口">
        <bpmn:flowNodeRef>start</bpmn:flowNodeRef><bpmn:flowNodeRef>intake</bpmn:flowNodeRef>
      </bpmn:lane>
      <bpmn:lane id="Lane_2" name="经办人"><bpmn:flowNodeRef>decide</bpmn:flowNodeRef></bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="intake" name="受理" camunda:assignee="demo" camunda:formKey="embedded:app:form">
      <bpmn:extensionElements>
        <camunda:properties>
          <camunda:property name="tongban:act" value="accept refuse-acceptance" />
          <camunda:property name="tongban:limit" value="1 workday" />
        </camunda:properties>
        <camunda:executionListener class="org.example.Listener" event="start" />
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:userTask id="decide" name="决定">
      <bpmn:extensionElements>
        <zeebe:properties><zeebe:property name="tongban:limit" value="3 workday" /></zeebe:properties>
        <zeebe:assignmentDefinition assignee="demo" />
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:exclusiveGateway id="way" default="f4" />
    <bpmn:endEvent id="end" /><bpmn:endEvent id="over" />
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="intake" />
    <bpmn:sequenceFlow id="f2" sourceRef="intake" targetRef="way" />
    <bpmn:sequenceFlow id="f3" name="受理" sourceRef="way" targetRef="decide">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">act == 'accept'</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f4" sourceRef="way" targetRef="over" />
    <bpmn:sequenceFlow id="f5" sourceRef="decide" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>"""

SIGNAVIO = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:signavio="http://www.signavio.com"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    exporter="Signavio Process Editor, http://www.signavio.com"
    exporterVersion="16.9.0" expressionLanguage="http://www.w3.org/1999/XPath" id="sid-1"
    targetNamespace="http://www.signavio.com" typeLanguage="http://www.w3.org/2001/XMLSchema">
  <process id="sid-2" isExecutable="false">
    <extensionElements>
      <signavio:signavioDiagramMetaData metaKey="revisionid" metaValue="7" />
    </extensionElements>
    <laneSet id="sid-3">
      <lane id="sid-4" name="经办科室">
        <extensionElements><signavio:signavioMetaData metaKey="bgcolor" metaValue="" /></extensionElements>
        <flowNodeRef>sid-5</flowNodeRef><flowNodeRef>sid-6</flowNodeRef><flowNodeRef>sid-7</flowNodeRef>
      </lane>
    </laneSet>
    <startEvent id="sid-5" name=""><outgoing>sid-8</outgoing></startEvent>
    <userTask completionQuantity="1" id="sid-6" implementation="##unspecified" isForCompensation="false"
        name="审查" startQuantity="1">
      <extensionElements>
        <signavio:signavioMetaData metaKey="bordercolor" metaValue="#000000" />
      </extensionElements>
      <incoming>sid-8</incoming><outgoing>sid-9</outgoing>
    </userTask>
    <endEvent id="sid-7" name=""><incoming>sid-9</incoming></endEvent>
    <sequenceFlow id="sid-8" isImmediate="true" sourceRef="sid-5" targetRef="sid-6" />
    <sequenceFlow id="sid-9" isImmediate="true" sourceRef="sid-6" targetRef="sid-7" />
  </process>
</definitions>"""
